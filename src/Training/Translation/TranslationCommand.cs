using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;

namespace Tessera.Training.Translation;

/// <summary><c>translation</c>: learns which passage words promise which question words.</summary>
internal static class TranslationCommand
{

    private static readonly Option<long> Seed = new("--seed") { Description = "Goes into the card; this training draws nothing by chance." };

    public static Command Create()
    {
        var command = new Command("translation", "Learns which passage words promise which question words.") { TrainingOptions.Domain, TrainingOptions.Pairs, TrainingOptions.Wordings, TrainingOptions.Out, Seed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var domain = parsed.GetRequiredValue(TrainingOptions.Domain);
        var target = parsed.GetRequiredValue(TrainingOptions.Out);
        var analysis = TrainingOptions.AnalysisOf(domain);
        var analyzer = TextAnalyzer.For(analysis);
        var recipe = TranslationRecipe.For(analysis);
        var words = new PairWords(analyzer, recipe.LengthPower);
        var wordings = Wordings.Read(parsed.GetValue(TrainingOptions.Wordings));
        var learned = new List<TrainingLine>();
        var files = new List<TrainingInput>();
        foreach (var path in parsed.GetRequiredValue(TrainingOptions.Pairs))
        {
            var before = learned.Count;
            foreach (var line in wordings.Apply(TrainingFile.Read(path)).Where(line => line.Passage.Length > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                words.Add(AskedText.Of(line, analyzer), line.Passage);
                learned.Add(line with { Question = "", Answer = "", Evidence = [], Code = "" });
            }

            files.Add(new TrainingInput(Path.GetFileName(path), learned.Count - before, await Sha256Async(path, cancellationToken).ConfigureAwait(false)));
        }

        await Console.Error.WriteLineAsync($"{words.Count} pairs").ConfigureAwait(false);
        var bytes = TranslationTrainer.Train(words, recipe, new RoundLines(recipe.Rounds), cancellationToken);
        var model = TranslationModel.Read(bytes, analyzer);
        if (model.Promises == 0)
        {
            throw new TrainingDataException("Nothing was learned: there are too few pairs, or no two of them share a word.");
        }

        var card = new TranslationCard
        {
            Domain = domain,
            Analyzer = analyzer.Version,
            Seed = parsed.GetValue(Seed),
            Recipe = recipe,
            Entries = model.Promises,
            Bytes = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Sources = TrainingSource.Of(learned),
            Files = files,
        };
        await WholeFile.WriteAsync(target, bytes, cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(target + ".card.json", card.ToBytes(), cancellationToken).ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {model.Promises} entries, {bytes.Length} bytes"));
        return 0;
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }

    // At once and in order, unlike Progress<T>, which leaves it to the thread pool.
    private sealed class RoundLines(int rounds) : IProgress<int>
    {
        public void Report(int value) => Console.Error.WriteLine($"round {value} of {rounds}");
    }
}
