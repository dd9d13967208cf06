using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Backups;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Backups;

/// <summary>What is no whole backup of this version changes nothing.</summary>
public sealed class DamagedBackupTests : IClassFixture<DamagedBackupTests.Taken>, IDisposable
{
    private readonly Place place = new();

    public DamagedBackupTests(Taken taken) => File.Copy(taken.Place.Backup.Path, place.Backup.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Backup_that_is_cut_off_or_has_another_byte_is_refused_wherever()
    {
        var whole = await File.ReadAllBytesAsync(place.Backup.Path, Token);
        var (random, content) = (new Random(5), await UnpackAsync(whole));
        byte[][] cut = [.. Enumerable.Range(0, 30).Select(_ => whole[..random.Next(10, whole.Length)]), .. Enumerable.Range(1, 30).Select(missing => whole[..^missing])];
        List<byte[]> changed = [];
        while (changed.Count < 60)
        {
            // From behind the header, whose time and system say nothing, and not where another code stands for the same bytes.
            var at = changed.Count % 2 == 0 ? random.Next(10, whole.Length) : random.Next(whole.Length - 60, whole.Length);
            byte[] broken = [.. whole[..at], (byte)(whole[at] ^ (1 + random.Next(255))), .. whole[(at + 1)..]];
            if (await UnpackAsync(broken) is not { } same || !same.SequenceEqual(content!))
            {
                changed.Add(broken);
            }
        }

        foreach (var broken in cut.Concat(changed))
        {
            var file = place.Backup with { Path = $"{place.Backup.Path}.broken" };
            await File.WriteAllBytesAsync(file.Path, broken, Token);
            var refused = await Assert.ThrowsAsync<BackupException>(() => file.CheckAsync(null, Token));
            Assert.Contains("Take another copy", refused.Message, StringComparison.Ordinal);
        }

        // The offender: as it is, it passes.
        Assert.Equal(1, (await place.Backup.CheckAsync(null, Token)).Documents);
    }

    // Null where it is damaged.
    private static async Task<byte[]?> UnpackAsync(byte[] packed)
    {
        try
        {
            var content = new MemoryStream();
            await using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            await unpacking.CopyToAsync(content, Token);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    [Fact]
    public async Task File_that_is_something_else_is_refused()
    {
        foreach (var bytes in (byte[][])[[], [1, 2, 3], Encoding.UTF8.GetBytes(new string('a', 5000)), Zip(("readme.txt", "Hello")), Zip()])
        {
            await File.WriteAllBytesAsync(place.Backup.Path, bytes, Token);
            await Assert.ThrowsAsync<BackupException>(() => place.RestoreAsync());
        }
    }

    [Fact]
    public async Task Backup_of_other_rows_is_refused_and_says_which_version_made_it()
    {
        var manifest = new BackupManifest(BackupManifest.Current, "other", "9.9.9", DateTimeOffset.UnixEpoch);
        await File.WriteAllBytesAsync(place.Backup.Path, Zip((BackupFile.Manifest, Json(manifest)), (BackupFile.End, Json(new BackupSummary(0, 0, 0)))), Token);
        var refused = await Assert.ThrowsAsync<BackupException>(() => place.RestoreAsync());
        Assert.Contains("9.9.9", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files/../../outside.txt")]
    [InlineData("files//etc/outside.txt")]
    [InlineData("files/blobs/../../../outside.txt")]
    public async Task File_that_would_lie_outside_is_refused(string name)
    {
        var first = await FirstAsync();
        await File.WriteAllBytesAsync(place.Backup.Path, Zip((BackupFile.Manifest, first), (name, "x"), (BackupFile.End, Json(new BackupSummary(0, 0, 0)))), Token);
        await Assert.ThrowsAsync<BackupException>(() => place.RestoreAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(place.Target)!, "outside.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Place_that_is_not_empty_is_left_as_it_is()
    {
        await place.RestoreAsync();
        var refused = await Assert.ThrowsAsync<BackupException>(() => place.RestoreAsync());
        Assert.Contains("empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_that_was_cut_short_is_begun_again()
    {
        // The last of the rows cannot be taken: all before them was.
        await using (var archive = File.Create(place.Backup.Path + ".bad"))
        {
            await using var packed = new GZipStream(archive, CompressionLevel.Fastest);
            await using var writer = new TarWriter(packed);
            await foreach (var entry in place.Backup.ReadAsync(Token))
            {
                await using var content = new MemoryStream();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content, Token);
                if (entry.Name.StartsWith("rows/catalog/memberships", StringComparison.Ordinal))
                {
                    content.Write("\n{\"UserId\":\"00000000-0000-0000-0000-000000000009\",\"TenantId\":\"00000000-0000-0000-0000-000000000009\",\"Role\":\"Reader\"}"u8);
                }

                content.Position = 0;
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content }, Token);
            }
        }

        await Assert.ThrowsAsync<DbUpdateException>(() => place.RestoreAsync(new BackupFile(place.Backup.Path + ".bad")));
        await place.RestoreAsync();
        await using var restored = await HostFixture.StartAsync(folder: place.Target);
        await using var scope = restored.Services.CreateAsyncScope();
        Assert.Equal(2, await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Tenants.CountAsync(Token));
    }

    private async Task<string> FirstAsync()
    {
        await foreach (var entry in place.Backup.ReadAsync(Token))
        {
            return Json(await BackupFile.ReadAsync<BackupManifest>(entry, Token));
        }

        throw new InvalidOperationException("It is empty.");
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, BackupFile.Json);

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var made = new MemoryStream();
        using (var packed = new GZipStream(made, CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed))
        {
            foreach (var (name, text) in entries)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        return made.ToArray();
    }

    /// <summary>A whole backup of a host with one document.</summary>
    public sealed class Taken : IAsyncLifetime
    {
        internal Place Place { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await using var host = await HostFixture.StartAsync();
            Documents.TestDomain.PutIn(host.Services);
            var administrator = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator, isPlatformAdministrator: true);
            await administrator.Http.SearchableAsync(await administrator.Http.AddAsync("An apple.", "apple.txt"));
            await Place.TakeAsync(host, administrator.Http);
        }

        public ValueTask DisposeAsync()
        {
            Place.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
