using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Tessera.Inference;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Training.Adapting;

/// <summary>
/// <c>adapt</c>: goes on learning a domain's translation model and embedder from a tenant's own pairs and passages, and learns an embedder from these
/// alone, <c>anew.model</c>: which finds best is for a check to say. The host runs it as a child: how far it is goes to the standard output,
/// <c>progress</c> and a share from 0 to 1 a line.
/// </summary>
internal static class AdaptCommand
{
    // The translation model takes a moment, the two embedders nearly all of the time.
    private const double Translated = 0.1;
    private const double GoneOn = 0.5;

    private static readonly Option<TextAnalysis> Analysis = new("--analysis") { Description = "prose or code: how the domain's texts are cut into words.", Required = true };
    private static readonly Option<string> Models = new("--models") { Description = "Folder with translation.model, embedder.model or both: what ships.", Required = true };
    private static readonly Option<string> Pairs = new("--pairs") { Description = "JSON lines: questions with what answers them.", Required = true };
    private static readonly Option<string> Corpus = new("--corpus") { Description = "JSON lines: the passages.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the adapted models.", Required = true };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Same seed and inputs, same bytes.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Attended = new("--attended") { Description = "Stops when the standard input ends: when whoever started it is gone." };

    public static Command Create()
    {
        var command = new Command("adapt", "Goes on learning a domain's models from the documents of one tenant.") { Analysis, Models, Pairs, Corpus, Out, Seed, Attended };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => RunAsync(parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var alone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (parsed.GetValue(Attended))
        {
            _ = StopAtEndAsync(alone);
        }

        var (models, target) = (parsed.GetRequiredValue(Models), parsed.GetRequiredValue(Out));
        var settings = new AdaptationSettings { Seed = parsed.GetValue(Seed) };
        var lines = TrainingFile.Read(parsed.GetRequiredValue(Pairs)).Where(line => line.Passage.Length > 0).ToList();
        var passages = PassageFile.Read(PassageFile.Find(parsed.GetRequiredValue(Corpus))).ToList();
        var known = (Translation: Path.Combine(models, "translation.model"), Embedder: Path.Combine(models, "embedder.model"));
        if (!File.Exists(known.Translation) && !File.Exists(known.Embedder))
        {
            throw new TrainingDataException($"{models} has neither translation.model nor embedder.model: there is nothing to go on from.");
        }

        var made = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        if (File.Exists(known.Translation))
        {
            made["translation.model"] = await TranslateAsync(known.Translation, parsed.GetValue(Analysis), lines, settings, alone.Token).ConfigureAwait(false);
        }

        Tell(Translated);
        if (File.Exists(known.Embedder))
        {
            Embed(known.Embedder, TrainingTexts.Gather(lines, passages, settings.Seed), settings, made, alone.Token);
        }

        foreach (var (name, bytes) in made)
        {
            await WholeFile.WriteAsync(Path.Combine(target, name), bytes, alone.Token).ConfigureAwait(false);
        }

        var card = new AdaptedCard
        {
            Domain = "", Seed = settings.Seed, Settings = settings, Pairs = lines.Count, Passages = passages.Count,
            From = new[] { known.Translation, known.Embedder }.Where(File.Exists).ToDictionary(path => Path.GetFileName(path), path => HashOf(File.ReadAllBytes(path))),
            Sha256 = made.ToDictionary(x => x.Key, x => HashOf(x.Value)),
        };
        await WholeFile.WriteAsync(Path.Combine(target, "card.json"), card.ToBytes(), alone.Token).ConfigureAwait(false);
        Tell(1);
        return 0;
    }

    private static async Task<byte[]> TranslateAsync(
        string path, TextAnalysis analysis, List<TrainingLine> lines, AdaptationSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var known = await TranslationModel.ReadAsync(path, TextAnalyzer.For(analysis), cancellationToken).ConfigureAwait(false);
            return TranslationAdaptation.Learn(known, analysis, lines, settings, cancellationToken);
        }
        catch (PermanentException unreadable)
        {
            throw new TrainingDataException(unreadable.Message, unreadable);
        }
    }

    private static void Embed(string path, TrainingTexts texts, AdaptationSettings settings, SortedDictionary<string, byte[]> made, CancellationToken cancellationToken)
    {
        try
        {
            var (known, adaptation) = (StaticModelFile.Read(path), new EmbedderAdaptation(settings, new Lines()));
            made["embedder.model"] = StaticModelFile.Write(adaptation.Learn(known, texts, new Share(Translated, GoneOn), cancellationToken));
            made["anew.model"] = StaticModelFile.Write(adaptation.LearnAnew(known, texts, new Share(GoneOn, 1), cancellationToken));
        }
        catch (ModelException unreadable)
        {
            throw new TrainingDataException(unreadable.Message, unreadable);
        }
    }

    private static async Task StopAtEndAsync(CancellationTokenSource stop)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null).ConfigureAwait(false);
        try
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It was done already.
        }
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Tell(double share) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"progress {share:0.000}"));

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }

    private sealed class Share(double from, double to) : IProgress<double>
    {
        public void Report(double value) => Tell(from + ((to - from) * value));
    }
}
