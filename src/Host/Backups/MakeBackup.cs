using System.Globalization;
using Mediator;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Backups;

/// <summary>
/// Makes a backup of all there is: rows, documents' bytes, indexes, packages, models, keys. Jobs of all hosts wait while it is made; people go on.
/// </summary>
internal sealed record MakeBackup : IRequest<MadeBackup>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

/// <summary>A backup, open to be read; its file goes when it is closed.</summary>
internal sealed record MadeBackup(FileStream Content, string Name);

internal sealed partial class MakeBackupHandler(BackupContent content, ITurns turns, TesseraOptions options, TimeProvider time, ILogger<MakeBackupHandler> logger)
    : IRequestHandler<MakeBackup, MadeBackup>
{
    public async ValueTask<MadeBackup> Handle(MakeBackup request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var folder = Directory.CreateDirectory(Path.Combine(options.ScratchFolder, "backups")).FullName;
        var file = BackupFile.Create(Path.Combine(folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileOptions.DeleteOnClose);
        try
        {
            // Jobs first: whoever has one of the others may be waiting for none of them.
            await using var jobs = await turns.TakeAsync(TurnNames.Jobs, cancellationToken);
            await using var packages = await turns.TakeAsync(TurnNames.Plugins, cancellationToken);
            await using var models = await turns.TakeAsync(TurnNames.Models, cancellationToken);
            await using var writer = new BackupWriter(file);
            var summary = await content.WriteAsync(writer, cancellationToken);
            await writer.EndAsync(summary, cancellationToken);
            await file.FlushAsync(cancellationToken);
            file.Position = 0;
            LogMade(logger, summary.Documents, summary.Tenants, summary.Missing, file.Length, time.GetElapsedTime(started).TotalSeconds);
            return new MadeBackup(file, string.Create(CultureInfo.InvariantCulture, $"tessera-{time.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmmss}.tar.gz"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A backup of {Documents} documents of {Tenants} tenants was made, {Missing} files were missing: {Bytes} bytes in {Seconds:0.0} s")]
    private static partial void LogMade(ILogger logger, int documents, int tenants, int missing, long bytes, double seconds);
}
