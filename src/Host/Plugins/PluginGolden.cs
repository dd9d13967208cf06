using Microsoft.Data.Sqlite;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Plugins;

/// <summary>Runs a domain's own test questions on this machine, in a scratch folder that is deleted afterwards.</summary>
internal sealed class PluginGolden(IDocumentReader reader, TesseraOptions options, TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string Folder => Path.Combine(options.ScratchFolder, "golden");

    /// <summary>Deletes what a stop in the middle of a test left behind; at the start, before any runs.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <exception cref="PackageRefusedException"><c>golden-set-failed</c>: with the failing case, or the set cannot be read, or the domain's code throws or hangs.</exception>
    public async Task RequireAsync(VerifiedPackage package, LoadedPlugin plugin, CancellationToken cancellationToken)
    {
        if (package.Manifest.Evaluation is not { } evaluation)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var scratch = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        try
        {
            var folder = Path.Combine(scratch, "set");
            await UnpackAsync(package, evaluation.Path.Trim('/') + "/", folder, cancellationToken);
            var work = Directory.CreateDirectory(Path.Combine(scratch, "work")).FullName;
            var outcome = await GoldenSet.Read(folder).RunAsync(plugin.Roles, reader, work, either.Token);
            if (outcome.Passed < evaluation.MinimumPassed * outcome.Total || outcome.Total == 0)
            {
                throw new PackageRefusedException(
                    "golden-set-failed",
                    $"{outcome.Passed} of its {outcome.Total} test questions passed on this machine, {evaluation.MinimumPassed:P0} must. First failure: {(outcome.Failures is [var first, ..] ? first : "there are no questions")}");
            }
        }
        catch (EvaluationDataException broken)
        {
            throw new PackageRefusedException("golden-set-failed", $"Its test questions cannot be read: {broken.Message}", broken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested && patience.IsCancellationRequested)
        {
            throw new PackageRefusedException("golden-set-failed", $"Its test questions took longer than {Patience.TotalMinutes} minutes on this machine.", late);
        }
        catch (Exception fault) when (fault is not (PackageRefusedException or OperationCanceledException or TransientException or IOException or SqliteException))
        {
            throw new PackageRefusedException("golden-set-failed", $"Its code broke off over its test questions: {fault.GetType().Name}: {fault.Message}", fault);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private static async Task UnpackAsync(VerifiedPackage package, string prefix, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var entry in package.Entries.Where(entry => entry.Path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // Names were checked when the package was verified: none leads out of the folder.
            var path = Path.Combine(folder, entry.Path[prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, entry.Bytes, cancellationToken);
        }
    }
}
