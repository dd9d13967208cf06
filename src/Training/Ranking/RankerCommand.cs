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
    private const string Legal = "legal";
    private const string Code = "code";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly Option<string> Domain = new("--domain") { Description = "legal, medical or code.", Required = true };

    private static readonly Option<string[]> Pairs = new("--pairs")
    {
        Description = "Files of JSON lines, plain or .gz, with questions and what answers them, and the whole texts that evidence stands in.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Corpus = new("--corpus")
    {
        Description = "Folders in BEIR's layout: their passages are searched too, and a sentence of some stands for a question. Questions there are not read.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Out = new("--out") { Description = "The ranker's file; its card goes beside it as .card.json.", Required = true };

    public static Command Create()
    {
        Domain.AcceptOnlyFromAmong(Legal, "medical", Code);
        var command = new Command("ranker", "Learns how much each signal counts, on questions that a translation model of the other lines never saw.") { Domain, Pairs, Corpus, Out };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (domain, target) = (parsed.GetRequiredValue(Domain), parsed.GetRequiredValue(Out));
        var analysis = domain == Code ? TextAnalysis.Code : TextAnalysis.Prose;
        var (lines, files) = (new List<TrainingLine>(), new List<TrainingInput>());
        foreach (var path in parsed.GetRequiredValue(Pairs))
        {
            var before = lines.Count;
            lines.AddRange(TrainingFile.Read(path));
            var hash = SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            files.Add(new TrainingInput(Path.GetFileName(path), lines.Count - before, Convert.ToHexStringLower(hash)));
        }

        var translation = Learn(lines.Where(x => !HeldBack.Has(x)), domain == Legal, analysis, cancellationToken);
        var world = RankingWorld.Of(lines.Where(HeldBack.Has));
        foreach (var folder in parsed.GetValue(Corpus) ?? [])
        {
            await foreach (var passage in new BeirFolder(folder).ReadCorpusAsync(cancellationToken).ConfigureAwait(false))
            {
                world.AddPassage(passage.Document ?? "", passage.Title, passage.Text);
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
