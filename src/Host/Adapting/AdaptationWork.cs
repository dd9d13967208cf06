using System.Text.Json;
using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;
using Tessera.Inference;
using Tessera.Rag;
using Tessera.Rag.Adapting;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>
/// One run from end to end: gathers what the tenant's documents give, has a child learn from it, and checks what the child made against what is in use.
/// Three sets are checked: the translation model alone, which needs no new index, with the embedder that goes on from the package's, and with the one that
/// learned from the tenant alone. Which wins differs: the nearer documents are to what the package learned from, the more of it is worth keeping.
/// </summary>
internal sealed class AdaptationWork(
    LoadedPlugins plugins, PackageArchives archives, PluginGolden golden, AdaptationMaterial material, AdaptedModels models, AdaptedFiles files, TrainingChild child)
{
    // Shares of the run at which its parts end; the check indexes all passages four times.
    private const double Gathered = 0.05;
    private const double Trained = 0.55;
    private const string Anew = "anew.model";

    /// <exception cref="PermanentException">It cannot be done, with the reason.</exception>
    public async Task<AdaptationResult> RunAsync(Adaptation adaptation, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var domain = adaptation.Domain;
        var plugin = plugins.Find(domain) is { } found && found.PackageSha256 == adaptation.PackageSha256 ? found : throw Failed(AdaptationReconciler.Outdated);
        var package = archives.Find(plugin.PackageSha256) ?? throw Failed("The domain's package is not on the disk any more. Install it again.");
        var folder = files.BeginWork(adaptation.TenantId, adaptation.Id);
        var documents = await material.ReadAsync(domain, cancellationToken);
        var headings = HeadingSplit.Of(AdaptationMaterial.HeadingsOf(documents, plugin.Profile.Analysis)) ?? throw Failed(StartAdaptation.TooFew);
        var rated = await material.RatedAsync(domain, documents, cancellationToken);
        List<IReadOnlyList<Chunk>> chunks = [.. documents.Select(x => x.Chunks)];
        await WriteAsync(folder, package, AdaptationTexts.Of(headings, rated, chunks, plugin.Profile.Analysis), cancellationToken);
        progress.Report(Gathered);

        var made = Path.Combine(folder, "made");
        await child.RunAsync(folder, Arguments(plugin, folder, made), new Part(progress, Gathered, Trained), cancellationToken);
        var sets = Read(plugin, folder, made);
        var current = plugin.Roles.With(models.Of(adaptation.TenantId, plugin));
        var questions = await material.QuestionsAsync(domain, cancellationToken);
        var figures = await new AdaptationCheck(current, Path.Combine(folder, "check"))
            .RunAsync([.. sets.Select(x => x.Models)], headings, questions, chunks, new Part(progress, Trained, 1), cancellationToken);

        var best = AdaptationFigures.Best(figures);
        var shown = figures[best ?? figures.Index().MaxBy(x => x.Item.Headings.Difference).Index];
        var lost = best is not { } winner ? "It finds no better than what is in use, so nothing of it was kept."
            : await FailureOfAsync(package, plugin, sets[winner].Models, cancellationToken);
        return lost is not null
            ? new AdaptationResult.Lost(headings.Learned.Count, rated.Count, shown, lost)
            : new AdaptationResult.Won(headings.Learned.Count, rated.Count, shown, sets[best!.Value].Folder, sets[best.Value].EmbedderKey);
    }

    private static string[] Arguments(LoadedPlugin plugin, string folder, string made) =>
    [
        "adapt", "--analysis", plugin.Profile.Analysis.ToString(), "--models", Path.Combine(folder, "models"), "--pairs", Path.Combine(folder, "pairs.jsonl"),
        "--corpus", Path.Combine(folder, "passages.jsonl"), "--out", made, "--attended",
    ];

    private static async Task WriteAsync(string folder, VerifiedPackage package, AdaptationTexts texts, CancellationToken cancellationToken)
    {
        var shipped = Directory.CreateDirectory(Path.Combine(folder, "models")).FullName;
        foreach (var name in PackageArchives.Adaptable(package))
        {
            await File.WriteAllBytesAsync(Path.Combine(shipped, name), package.Find($"models/{name}")!.Bytes, cancellationToken);
        }

        await WriteLinesAsync(Path.Combine(folder, "pairs.jsonl"), texts.Pairs.Select(pair => new { kind = "qa", question = pair.Question, evidence = (string[])[pair.Answer] }), cancellationToken);
        await WriteLinesAsync(Path.Combine(folder, "passages.jsonl"), texts.Passages.Select(text => new { text }), cancellationToken);
    }

    private static async Task WriteLinesAsync<T>(string path, IEnumerable<T> lines, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path);
        foreach (var line in lines)
        {
            await file.WriteLineAsync(JsonSerializer.Serialize(line).AsMemory(), cancellationToken);
        }
    }

    // The sets that are checked, the cheaper first, each in a folder of its own; a domain may have one of the models only.
    private static List<AdaptedCandidate> Read(LoadedPlugin plugin, string folder, string made)
    {
        try
        {
            var (words, table, anew) = (Path.Combine(made, AdaptedFiles.Translation), Path.Combine(made, AdaptedFiles.Embedder), Path.Combine(made, Anew));
            (string Name, string? Words, string? Table)[] sets =
                [("words", words, null), ("on", words, table), ("anew", words, anew)];
            return
            [
                .. sets.Where(set => set.Table is null ? File.Exists(words) : File.Exists(set.Table))
                    .Select(set => AdaptedCandidate.Make(plugin, Path.Combine(folder, set.Name), Path.Combine(made, "card.json"), set.Words, set.Table)),
            ];
        }
        catch (Exception damage) when (damage is PermanentException or ModelException or IOException)
        {
            throw new PermanentException("training-failed", "What the training made cannot be read. Nothing of it was kept; try again.", damage);
        }
    }

    // What the domain could do before it must still do: its package's own questions.
    private async Task<string?> FailureOfAsync(VerifiedPackage package, LoadedPlugin plugin, DomainModels adapted, CancellationToken cancellationToken)
    {
        try
        {
            await golden.RequireAsync(package, plugin with { Roles = plugin.Roles.With(adapted) }, cancellationToken);
            return null;
        }
        catch (PackageRefusedException)
        {
            return "It finds better in your documents, but fails test questions that came with the domain, so nothing of it was kept.";
        }
    }

    private static PermanentException Failed(string reason) => new("training-failed", reason);

    private sealed class Part(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + ((to - from) * value));
    }
}
