using Tessera.Host.Backups;
using Tessera.Host.Startup;

namespace Tessera.Integration.Backups;

/// <summary>A folder of a test's own: a backup, and where it is restored to.</summary>
internal sealed class Place : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tessera-backup-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public BackupFile Backup => new(Path.Combine(folder, "backup.tar.gz"));

    /// <summary>Where a host is started with <c>folder:</c>.</summary>
    public string Target => Directory.CreateDirectory(Path.Combine(folder, "target")).FullName;

    /// <summary>Takes a backup of a running host, as the administrator does.</summary>
    public async Task TakeAsync(HttpClient administrator)
    {
        using var reply = await administrator.PostAsync(new Uri("/api/v1/admin/backups", UriKind.Relative), null, Token);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Token));
        Assert.Equal("application/gzip", reply.Content.Headers.ContentType?.MediaType);
        await using var file = File.Create(Backup.Path);
        await reply.Content.CopyToAsync(file, Token);
    }

    /// <summary>Restores a file, or the backup that was taken.</summary>
    public async Task<BackupSummary> RestoreAsync(BackupFile? file = null)
    {
        var options = await Rows.PlaceAsync(new TesseraOptions { DataFolder = Path.Combine(Target, "data"), Announcements = TextWriter.Null });
        return await TesseraHost.RestoreAsync(options, file ?? Backup, Token);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
