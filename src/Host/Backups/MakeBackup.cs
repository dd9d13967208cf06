using System.Globalization;
using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Backups;

/// <summary>
/// Makes a backup of all there is: rows, documents' bytes, indexes, packages, models, keys. Jobs of all hosts wait while it is made; people go on. It lies
/// in the host's folder of backups and is given to nobody: whoever may order one reads no other tenant's documents by it.
/// </summary>
internal sealed record MakeBackup : IRequest<BackupView>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

/// <param name="Name">Of the file in the folder of backups.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Tenants">How many are in it.</param>
/// <param name="Documents">How many are in it.</param>
/// <param name="Missing">Documents of which a file was missing on the disk, and so is in the backup.</param>
internal sealed record BackupView(string Name, long Bytes, int Tenants, int Documents, int Missing);

internal sealed partial class MakeBackupHandler(BackupContent content, ITurns turns, TesseraOptions options, TimeProvider time, ILogger<MakeBackupHandler> logger)
    : IRequestHandler<MakeBackup, BackupView>
{
    private const string Part = ".part";

    public async ValueTask<BackupView> Handle(MakeBackup request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();

        // Jobs first: whoever has one of the others waits for none of them.
        await using var jobs = await turns.TakeAsync(TurnNames.Jobs, cancellationToken);
        await using var packages = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
        await using var models = await turns.TakeAsync(TurnNames.Models, cancellationToken);
        DataFolder.Make(options.BackupsFolder);
        foreach (var left in Directory.EnumerateFiles(options.BackupsFolder, "*" + Part))
        {
            File.Delete(left);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"tessera-{time.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmmss-fff}.tar.gz");
        var part = new BackupFile(Path.Combine(options.BackupsFolder, name + Part));
        try
        {
            await WriteAsync(part, cancellationToken);
            var summary = await part.CheckAsync(rows: null, cancellationToken);
            File.Move(part.Path, Path.Combine(options.BackupsFolder, name));
            DirectorySync.Flush(options.BackupsFolder);
            var view = new BackupView(name, new FileInfo(Path.Combine(options.BackupsFolder, name)).Length, summary.Tenants, summary.Documents, summary.Missing);
            LogMade(logger, view.Documents, view.Tenants, view.Missing, view.Bytes, time.GetElapsedTime(started).TotalSeconds);
            return view;
        }
        finally
        {
            File.Delete(part.Path);
        }
    }

    private async Task WriteAsync(BackupFile part, CancellationToken cancellationToken)
    {
        await using var file = BackupFile.Create(part.Path, FileMode.CreateNew);
        await using (var writer = new BackupWriter(file))
        {
            await writer.EndAsync(await content.WriteAsync(writer, cancellationToken), cancellationToken);
        }

        file.Flush(flushToDisk: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A backup of {Documents} documents of {Tenants} tenants was made, {Missing} files were missing: {Bytes} bytes in {Seconds:0.0} s")]
    private static partial void LogMade(ILogger logger, int documents, int tenants, int missing, long bytes, double seconds);
}
