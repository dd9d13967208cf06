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
    public async Task TakeAsync(HostFixture host, HttpClient administrator)
    {
        var made = await administrator.CallAsync(HttpMethod.Post, "/api/v1/admin/backups");
        var file = Path.Combine(host.Options.BackupsFolder, made.Text("name"));
        Assert.Equal(new FileInfo(file).Length, made.GetProperty("bytes").GetInt64());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        File.Move(file, Backup.Path);
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.Options.BackupsFolder));
    }

    /// <summary>Restores a file, or the backup that was taken.</summary>
    public async Task<BackupSummary> RestoreAsync(BackupFile? file = null)
    {
        var options = await Rows.PlaceAsync(new TesseraOptions { DataFolder = Path.Combine(Target, "data"), Announcements = TextWriter.Null });
        return await TesseraHost.RestoreAsync(options, file ?? Backup, Token);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
