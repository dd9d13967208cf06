using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Hosts;

namespace Tessera.Host.Models;

/// <summary>Brings rows and files together at each start: says which files are gone or of another length, and deletes those that no row names.</summary>
internal sealed partial class ModelReconciler(CatalogDbContext catalog, ModelFiles files, ITurns turns, ILogger<ModelReconciler> logger)
{
    public const string Gone = "Its file is gone. Bring the model again.";
    public const string Changed = "Its file is no longer as it was installed. Bring the model again.";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(TurnNames.Models, cancellationToken);
        var rows = await catalog.Models.ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            var file = new FileInfo(files.PathOf(row.Sha256));
            (row.State, row.Reason) = !file.Exists ? (ModelState.Missing, Gone)
                : file.Length != row.Bytes ? (ModelState.Broken, Changed)
                : row.State == ModelState.Missing ? (ModelState.Ready, null)
                : (row.State, row.Reason);
            if (row.State != ModelState.Ready)
            {
                LogUnusable(logger, row.Name, row.State);
            }
        }

        await catalog.SaveChangesAsync(cancellationToken);
        files.Sweep(rows.Select(row => row.Sha256).ToHashSet(StringComparer.Ordinal));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Model {Name} cannot be used: {State}")]
    private static partial void LogUnusable(ILogger logger, string name, ModelState state);
}
