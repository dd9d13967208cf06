using System.Globalization;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Adapting;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Adapting;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Evals;

/// <summary>
/// Adapts a domain's models to the passages of a set as if they were a tenant's, by titles that are not held out, and prints nDCG@10 of the held-out
/// titles and of the set's own questions, which nothing is learned from.
/// </summary>
internal static class AdaptationTable
{
    public static async Task<int> PrintAsync(string[] sets)
    {
        foreach (var set in sets)
        {
            await PrintAsync(set);
        }

        return 0;
    }

    private static async Task PrintAsync(string set)
    {
        var roles = Domains.RolesOf(set);
        var documents = new Dictionary<string, List<Chunk>>();
        await foreach (var line in new BeirFolder(SharedFolder.Of(set)).ReadCorpusAsync(CancellationToken.None))
        {
            var key = line.Document ?? (line.Title.Length > 0 ? line.Title : line.Id);
            var siblings = documents.TryGetValue(key, out var known) ? known : documents[key] = [];
            var document = siblings.Count > 0 ? siblings[0].Document : new DocumentId(new Guid(documents.Count, 0, 0, new byte[8]));
            siblings.Add(new Chunk(document, siblings.Count, line.Text, line.Title, null, 0, line.Text.Length));
        }

        var pairs = new HeadingPairs(roles.Profile.Analysis);
        foreach (var document in documents.Values)
        {
            pairs.Add("", document);
        }

        var all = pairs.ToList();
        if (HeadingSplit.Of(all) is not { } split)
        {
            Console.WriteLine($"{set}: {all.Count} headings, {HeadingSplit.Needed} are needed");
            return;
        }

        var held = split.HeldOut.SelectMany(x => x.Passages).Select(x => (x.Document, x.Ordinal)).ToHashSet();
        List<TrainingLine> lines = [.. split.Learned.SelectMany(x => x.Passages.Take(3).Select(chunk => new TrainingLine { Kind = "qa", Question = x.Question, Answer = chunk.Text }))];
        List<TitledText> passages = [.. documents.Values.SelectMany(x => x).Where(x => !held.Contains((x.Document, x.Ordinal))).Select(x => new TitledText("", x.Text))];
        Console.WriteLine($"{set}: {all.Count} headings, {split.Learned.Count} learned, {split.HeldOut.Count} held out, {lines.Count} lines, {passages.Count} passages");
        var module = Path.Combine(SharedFolder.Root, "src", "Modules", roles.Profile.Name, "models");
        foreach (var spec in (Environment.GetEnvironmentVariable("SPECS") ?? "20:4:0.002").Split(','))
        {
            var numbers = spec.Split(':').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
            var settings = new AdaptationSettings { Trust = numbers[0], Steps = (int)numbers[1], Rate = (float)numbers[2], Way = (float)numbers[3] };
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            var adapted = roles.Models;
            if (settings.Trust > 0)
            {
                var bytes = TranslationAdaptation.Learn(roles.Models.Translation!, roles.Profile.Analysis, lines, settings, CancellationToken.None);
                adapted = adapted with { Translation = TranslationModel.Read(bytes, TextAnalyzer.For(roles.Profile.Analysis)) };
            }

            if (settings.Steps > 0)
            {
                var model = new EmbedderAdaptation(settings, new Quiet()).Learn(StaticModelFile.Read(Path.Combine(module, "embedder.model")), TrainingTexts.Gather(lines, passages, 1), null, CancellationToken.None);
                adapted = adapted with { Embedder = DomainEmbedder.Of(StaticModelFile.Write(model), "adapted", StaticEmbedder.Load) };
            }

            var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);
            var folder = Directory.CreateTempSubdirectory("adapt-").FullName;
            var figures = (await new AdaptationCheck(roles, folder).RunAsync([adapted], split, [], [.. documents.Values], null, CancellationToken.None))[0];
            Directory.Delete(folder, true);
            var before = (await RetrievalEvaluation.RunAsync(new RetrievalRun(SharedFolder.Of(set), roles), CancellationToken.None)).Scores.Ndcg10;
            var after = (await RetrievalEvaluation.RunAsync(new RetrievalRun(SharedFolder.Of(set), roles.With(adapted)), CancellationToken.None)).Scores.Ndcg10;
            var (nb, na) = (0.0, 0.0);
            if (Environment.GetEnvironmentVariable("ALSO") is { } also)
            {
                nb = (await RetrievalEvaluation.RunAsync(new RetrievalRun(SharedFolder.Of(also), roles), CancellationToken.None)).Scores.Ndcg10;
                na = (await RetrievalEvaluation.RunAsync(new RetrievalRun(SharedFolder.Of(also), roles.With(adapted)), CancellationToken.None)).Scores.Ndcg10;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {set} | {spec} | held {figures.Headings.Left:0.000} -> {figures.Headings.Right:0.000} p {figures.Headings.P:0.000} +{figures.Headings.Better} -{figures.Headings.Worse} | own {before:0.000} -> {after:0.000} | other {nb:0.000} -> {na:0.000} | {took.TotalSeconds:0} s |"));
        }
    }

    private sealed class Quiet : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
