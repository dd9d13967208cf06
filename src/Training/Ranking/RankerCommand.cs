using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Training.Ranking;

/// <summary><c>ranker</c>: learns how much each signal counts in a domain.</summary>
internal static class RankerCommand
{
    // Sentences that stand for questions are a help beside so many that were asked. Alone they teach to look for the words that they share with their passage.
    private const int FewestAsked = 200;

    private static readonly Option<string[]> Corpus = new("--corpus")
    {
        Description = "Folders in BEIR's layout: their passages are searched too, and a sentence of some stands for a question. Questions there are not read.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("ranker", "Learns how much each signal counts, on questions that a translation model of the other lines never saw.") { TrainingOptions.Domain, TrainingOptions.Pairs, TrainingOptions.Wordings, Corpus, TrainingOptions.Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (domain, target) = (parsed.GetRequiredValue(TrainingOptions.Domain), parsed.GetRequiredValue(TrainingOptions.Out));
        var (lines, files) = (new List<TrainingLine>(), new List<TrainingInput>());
        var wordings = Wordings.Read(parsed.GetValue(TrainingOptions.Wordings));
        foreach (var path in parsed.GetRequiredValue(TrainingOptions.Pairs))
        {
            var before = lines.Count;
            lines.AddRange(wordings.Apply(TrainingFile.Read(path)));
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            files.Add(new TrainingInput(Path.GetFileName(path), lines.Count - before, Convert.ToHexStringLower(hash)));
        }

        var world = RankingWorld.Of(lines.Where(HeldBack.Has));
        var (passages, kept) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new List<TitledText>());
        foreach (var folder in (parsed.GetValue(Corpus) ?? []).Select(path => new BeirFolder(path)))
        {
            await foreach (var passage in folder.ReadCorpusAsync(cancellationToken).ConfigureAwait(false))
            {
                world.AddPassage(passage.Document ?? "", passage.Title, passage.Text);
                passages[folder.Name] = passages.GetValueOrDefault(folder.Name) + 1;
                if (!HeldBack.Has(passage.Text))
                {
                    kept.Add(new TitledText(passage.Title, passage.Text));
                }
            }
        }

        var profile = new DomainProfile { Id = domain, Name = domain, Description = "Questions that were held back.", Analysis = TrainingOptions.AnalysisOf(domain) };
        var models = LowerModels.Learn(profile, [.. lines.Where(HeldBack.Leaves)], kept, cancellationToken);
        var examples = await RankingBench.RunAsync(world, profile, models, new Progress(), cancellationToken).ConfigureAwait(false);
        if (examples.Count == 0)
        {
            throw new TrainingDataException("Nothing was learned: no held-back question finds what answers it. More pairs are needed.");
        }

        var (named, nameless) = (Fit(examples, true, cancellationToken), Fit(examples, false, cancellationToken));
        var card = new RankerCard
        {
            Domain = domain,
            Questions = examples.Count,
            Before = Math.Round(examples.Average(x => x.Ndcg(row => -Array.IndexOf(x.Rows, row))), 4),
            After = Math.Round(examples.Average(x => (x.Named ? named : nameless) is { } weights ? x.Ndcg(row => row.Zip(weights, (a, b) => a * b).Sum()) : x.Ndcg(row => -Array.IndexOf(x.Rows, row))), 4),
            Sources = TrainingSource.Of(lines),
            Passages = passages,
            Files = files,
        };
        var file = new RankerFile(ByName(named), ByName(nameless)) { Strangers = Strangers(lines, profile, examples, cancellationToken) };
        await WholeFile.WriteAsync(target, JsonSerializer.SerializeToUtf8Bytes(file, RankerFile.Format), cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(target + ".card.json", card.ToBytes(), cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {card.Questions} questions, nDCG@10 {card.Before:0.000} before, {card.After:0.000} after"));
        return 0;
    }

    // What was learned from few questions is known of these; another kind of question is ordered by what needs no learning, or little.
    private static StrangerWeights? Strangers(
        IReadOnlyList<TrainingLine> lines, DomainProfile profile, IReadOnlyList<RankingExample> examples, CancellationToken cancellationToken)
    {
        var analyzer = TextAnalyzer.For(profile.Analysis);
        var known = lines.Where(line => line.Kind != "text").Select(line => AskedText.Of(line, analyzer)).Distinct().ToList();
        if (known.Count >= EmbedderSettings.FewQuestions)
        {
            return null;
        }

        var blind = examples.Select(x => x.Without(feature => feature.Split('-')[0] is "vector" or "kin")).ToList();
        return new StrangerWeights(known, ByName(Fit(blind, true, cancellationToken, neverAgainst: true)), ByName(Fit(blind, false, cancellationToken, neverAgainst: true)));
    }

    private static float[]? Fit(IReadOnlyList<RankingExample> examples, bool named, CancellationToken cancellationToken, bool neverAgainst = false) =>
        examples.Where(x => x.Named == named).ToList() is var some && some.Count(x => !x.Guessed) >= FewestAsked
            ? RankerTrainer.Fit(some, neverAgainst, cancellationToken) : null;

    private static Dictionary<string, float>? ByName(float[]? weights) =>
        weights is null ? null : RankFeatures.Names.Zip(weights).ToDictionary(x => x.First, x => x.Second);

    private sealed class Progress : IProgress<double>
    {
        private int _shown = -1;

        public void Report(double value)
        {
            if ((int)(value * 10) is var tenth && tenth != _shown)
            {
                _shown = tenth;
                Console.Error.WriteLine($"{tenth * 10} % of the held-back questions asked");
            }
        }
    }
}
