using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Translation;

namespace Tessera.Training.Ranking;

/// <summary><c>ranker</c>: learns how much each signal counts in a domain.</summary>
internal static class RankerCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly Option<string[]> Corpus = new("--corpus")
    {
        Description = "Folders in BEIR's layout: their passages are searched too, and a sentence of some stands for a question. Questions there are not read.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("ranker", "Learns how much each signal counts, on questions that a translation model of the other lines never saw.") { TrainingOptions.Domain, TrainingOptions.Pairs, Corpus, TrainingOptions.Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (domain, target) = (parsed.GetRequiredValue(TrainingOptions.Domain), parsed.GetRequiredValue(TrainingOptions.Out));
        var analysis = TrainingOptions.AnalysisOf(domain);
        var (lines, files) = (new List<TrainingLine>(), new List<TrainingInput>());
        foreach (var path in parsed.GetRequiredValue(TrainingOptions.Pairs))
        {
            var before = lines.Count;
            lines.AddRange(TrainingFile.Read(path));
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            files.Add(new TrainingInput(Path.GetFileName(path), lines.Count - before, Convert.ToHexStringLower(hash)));
        }

        var translation = Learn(lines.Where(x => !HeldBack.Has(x)), domain == TrainingOptions.Legal, analysis, cancellationToken);
        var world = RankingWorld.Of(lines.Where(HeldBack.Has));
        var passages = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var folder in (parsed.GetValue(Corpus) ?? []).Select(path => new BeirFolder(path)))
        {
            await foreach (var passage in folder.ReadCorpusAsync(cancellationToken).ConfigureAwait(false))
            {
                world.AddPassage(passage.Document ?? "", passage.Title, passage.Text);
                passages[folder.Name] = passages.GetValueOrDefault(folder.Name) + 1;
            }
        }

        var examples = await RankingBench.RunAsync(world, analysis, translation, new Progress(), cancellationToken).ConfigureAwait(false);
        if (examples.Count == 0)
        {
            throw new TrainingDataException("Nothing was learned: no held-back question finds what answers it. More pairs are needed.");
        }

        var weights = RankerTrainer.Fit(examples, cancellationToken);
        var card = new RankerCard
        {
            Domain = domain,
            Questions = examples.Count,
            Before = Math.Round(examples.Average(x => x.Ndcg(row => -Array.IndexOf(x.Rows, row))), 4),
            After = Math.Round(examples.Average(x => x.Ndcg(row => row.Zip(weights, (a, b) => a * b).Sum())), 4),
            Sources = TrainingSource.Of(lines),
            Passages = passages,
            Files = files,
        };
        var named = RankFeatures.Names.Zip(weights).ToDictionary(x => x.First, x => x.Second);
        await WholeFile.WriteAsync(target, JsonSerializer.SerializeToUtf8Bytes(named, Json), cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(target + ".card.json", card.ToBytes(), cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {card.Questions} questions, nDCG@10 {card.Before:0.000} before, {card.After:0.000} after"));
        return 0;
    }

    private static TranslationModel Learn(IEnumerable<TrainingLine> lines, bool named, TextAnalysis analysis, CancellationToken cancellationToken)
    {
        var (analyzer, recipe) = (TextAnalyzer.For(analysis), TranslationRecipe.For(analysis));
        var words = new PairWords(analyzer, recipe.LengthPower);
        foreach (var line in lines.Where(x => x.Passage.Length > 0))
        {
            words.Add(named ? NamingPart.Without(line.Question) : line.Question, line.Passage);
        }

        return TranslationModel.Read(TranslationTrainer.Train(words, recipe, null, cancellationToken), analyzer);
    }

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
