using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Tessera.Inference.Static;
using Tessera.Training.Data;

namespace Tessera.Training.Embedding;

/// <summary><c>embedder</c>: learns a static embedder for a domain, and writes it with its card.</summary>
internal static class EmbedderCommand
{
    private static readonly Option<string[]> Corpus = new("--corpus")
    {
        Description = "Passages like those that will be searched: files, or folders with corpus.jsonl.", AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "Same seed and inputs, same bytes.", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> Dim = new("--dim") { Description = "Width of a vector: a multiple of 16, 16 to 512.", DefaultValueFactory = _ => 256 };

    private static readonly Option<int> Epochs = new("--epochs") { Description = "How often every pair is seen, 0 to 100.", DefaultValueFactory = _ => EmbedderSettings.UsualEpochs };

    public static Command Create()
    {
        Dim.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var dim && (dim is < 16 or > 512 || dim % 16 != 0))
            {
                result.AddError("--dim is a multiple of 16 between 16 and 512.");
            }
        });
        Epochs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 100)
            {
                result.AddError("--epochs is between 0 and 100.");
            }
        });
        var command = new Command("embedder", "Learns a static embedder: words and parts of words to vectors, some 13 MB.")
        {
            TrainingOptions.Domain, TrainingOptions.Pairs, TrainingOptions.Wordings, Corpus, TrainingOptions.Out, Seed, Dim, Epochs,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(() => RunAsync(parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = new EmbedderSettings
        {
            Domain = parsed.GetRequiredValue(TrainingOptions.Domain),
            Dimensions = parsed.GetValue(Dim),
            Epochs = parsed.GetValue(Epochs),
            Seed = parsed.GetValue(Seed),
        };
        var sources = EmbedderSources.Read(
            parsed.GetRequiredValue(TrainingOptions.Pairs), parsed.GetRequiredValue(Corpus), Wordings.Read(parsed.GetValue(TrainingOptions.Wordings)));
        await WriteAsync(settings, sources, parsed.GetRequiredValue(TrainingOptions.Out), new StandardError(), cancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Learns, writes the model, then its card.</summary>
    internal static async Task WriteAsync(
        EmbedderSettings wanted, EmbedderSources sources, string path, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        var texts = TrainingTexts.Gather(sources.Lines, sources.Passages, wanted.Seed);
        var settings = wanted.For(texts);
        var part = path + ".part";
        var model = new EmbedderTraining(settings, progress).Learn(texts, part, cancellationToken);
        var bytes = StaticModelFile.Write(model);
        await WholeFile.WriteAsync(path, bytes, cancellationToken).ConfigureAwait(false);
        await WholeFile.WriteAsync(path + ".card.json", EmbedderCard.Of(model, bytes, settings, sources, texts).ToBytes(), cancellationToken).ConfigureAwait(false);
        File.Delete(part);
        progress.Report($"{Path.GetFileName(path)}: {bytes.Length} bytes");
    }

    private sealed class StandardError : IProgress<string>
    {
        private readonly long started = Stopwatch.GetTimestamp();

        public void Report(string value) =>
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0} s  {value}"));
    }
}
