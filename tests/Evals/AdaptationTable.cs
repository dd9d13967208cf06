using System.Globalization;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Adapting;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Adapting;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Evals;

/// <summary>
/// Adapts a domain's models to the passages of a set as if they were a tenant's, and prints nDCG@10 before and after: of the titles that were held out,
/// which decide, of the set's own questions, and of another set's, which decide nothing and which nothing is learned from.
/// </summary>
internal static class AdaptationTable
{
    // A set whose titles are enough, or whose documents have headings that the domain finds, and one of the same domain that is none of the tenant's.
    private static readonly (string Set, string Other)[] Sets = [("general/cranfield", "medical/covidqa"), ("medical/medquad", "medical/covidqa"), (Contracts, "legal/policyqa")];
    private const string Contracts = "legal/cuad";

    /// <summary>Prints a line for each adapted set of models; arguments name the sets, none: all. 2 where there is no such set.</summary>
    public static async Task<int> PrintAsync(string[] only)
    {
        if (only.Except(Sets.Select(x => x.Set)).Any())
        {
            Console.Error.WriteLine($"The sets are {string.Join(", ", Sets.Select(x => x.Set))}");
            return 2;
        }

        Console.WriteLine("| set | models | held-out titles | | p | own questions | | another set's | | taken |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (set, other) in Sets.Where(x => only.Length == 0 || only.Contains(x.Set)))
        {
            await PrintAsync(set, other);
        }

        return 0;
    }

    private static async Task PrintAsync(string set, string other)
    {
        var roles = Domains.RolesOf(set);
        var documents = set == Contracts ? await CutAsync(roles, await ReadAsync(set)) : await ReadAsync(set);
        var pairs = new HeadingPairs(roles.Profile.Analysis);
        documents.ForEach(document => pairs.Add("", document));
        var headings = HeadingSplit.Of(pairs.ToList()) ?? throw new InvalidOperationException($"{set} has too few titles.");
        var adapted = Adapt(roles, AdaptationTexts.Of(headings, [], documents, roles.Profile.Analysis)).ToList();
        var folder = Directory.CreateTempSubdirectory("tessera-adapting-").FullName;
        try
        {
            var figures = await new AdaptationCheck(roles, folder).RunAsync([.. adapted.Select(x => x.Models)], headings, [], documents, null, CancellationToken.None);
            var best = AdaptationFigures.Best(figures);
            var (own, others) = (await NdcgAsync(set, roles), await NdcgAsync(other, roles));
            foreach (var (i, (name, models)) in adapted.Index())
            {
                var check = figures[i].Headings;
                var (ownAfter, othersAfter) = (await NdcgAsync(set, roles.With(models)), await NdcgAsync(other, roles.With(models)));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {set} | {name} | {check.Left:0.000} | {check.Right:0.000} | {check.P:0.0000} | {own:0.000} | {ownAfter:0.000} | {others:0.000} | {othersAfter:0.000} | {(best == i ? "yes" : "")} |"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> NdcgAsync(string set, DomainRoles roles) =>
        (await RetrievalEvaluation.RunAsync(new RetrievalRun(SharedFolder.Of(set), roles), CancellationToken.None)).Scores.Ndcg10;

    // Whole documents again, and the chunks that the domain makes of them.
    private static async Task<List<IReadOnlyList<Chunk>>> CutAsync(DomainRoles roles, List<IReadOnlyList<Chunk>> documents)
    {
        var cut = new List<IReadOnlyList<Chunk>>();
        foreach (var lines in documents)
        {
            var text = string.Concat(lines.Select(line => line.Text));
            cut.Add((await new IngestionPipeline().CutAsync(roles, new StoredDocument(lines[0].Document, ""), [new Section(text, "", null, 0)], CancellationToken.None)).Chunks);
        }

        return cut;
    }

    // A line is a chunk, a title's lines are a document.
    private static async Task<List<IReadOnlyList<Chunk>>> ReadAsync(string set)
    {
        var documents = new Dictionary<string, List<Chunk>>();
        await foreach (var line in new BeirFolder(SharedFolder.Of(set)).ReadCorpusAsync(CancellationToken.None))
        {
            var key = line.Document ?? (line.Title.Length > 0 ? line.Title : line.Id);
            var siblings = documents.TryGetValue(key, out var known) ? known : documents[key] = [];
            var document = siblings.Count > 0 ? siblings[0].Document : new DocumentId(new Guid(documents.Count, 0, 0, new byte[8]));
            siblings.Add(new Chunk(document, siblings.Count, line.Text, line.Title, null, 0, line.Text.Length));
        }

        return [.. documents.Values];
    }

    private static IEnumerable<(string Name, DomainModels Models)> Adapt(DomainRoles roles, AdaptationTexts tenant)
    {
        var (settings, analysis) = (new AdaptationSettings(), roles.Profile.Analysis);
        List<TrainingLine> lines = [.. tenant.Pairs.Select(pair => new TrainingLine { Kind = "qa", Question = pair.Question, Evidence = [pair.Answer] })];
        var words = TranslationModel.Read(
            TranslationAdaptation.Learn(roles.Models.Translation!, analysis, lines, settings, CancellationToken.None), TextAnalyzer.For(analysis));
        var alone = roles.Models with { Translation = words };
        yield return ("words", alone);

        var known = StaticModelFile.Read(Path.Combine(SharedFolder.Root, "src", "Modules", roles.Profile.Name, "models", "embedder.model"));
        var texts = TrainingTexts.Gather(lines, tenant.Passages.Select(text => new TitledText("", text)), settings.Seed);
        var adaptation = new EmbedderAdaptation(settings, new Silence());
        yield return ("words, embedder gone on", alone with { Embedder = Embedder(adaptation.Learn(known, texts, null, CancellationToken.None)) });
        yield return ("words, embedder anew", alone with { Embedder = Embedder(adaptation.LearnAnew(known, texts, null, CancellationToken.None)) });
    }

    private static DomainEmbedder Embedder(StaticModel model) => DomainEmbedder.Of(StaticModelFile.Write(model), "adapted", StaticEmbedder.Load);

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
