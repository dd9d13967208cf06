using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tessera.Host.Models;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Cli;

/// <summary><c>models bench</c>: how fast this machine runs a model, beside a bare loop over the same library.</summary>
internal static class ModelsBenchCommand
{
    private const int Seed = 1;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Argument<string?> FilePath = new("file") { Description = "A GGUF file.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> Shape = new("--shape")
    {
        Description = "Instead of a file: 135m or 1b, made with random weights.", HelpName = "shape",
    };

    public static Command Create()
    {
        Shape.AcceptOnlyFromAmong("135m", "1b");
        var command = new Command("bench", "Measures tokens a second of prompts and of replies, and the ratio of each to a bare loop.") { FilePath, Shape };
        command.Validators.Add(result =>
        {
            if (result.GetValue(FilePath) is null == result.GetValue(Shape) is null)
            {
                result.AddError("Name a file, or a shape with --shape 135m or --shape 1b.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            var file = parsed.GetValue(FilePath) ?? Make(parsed.GetValue(Shape)!, scratch);
            if (!File.Exists(file))
            {
                throw new CommandFailedException($"There is no file '{file}'.");
            }

            var figures = await ModelEngine.MeasureAsync(file, cancellationToken);
            Console.WriteLine(parsed.GetValue(GlobalOptions.Json) ? JsonSerializer.Serialize(figures, Web) : Lines(figures));
            return ExitCode.Ok;
        }
        catch (ModelException failed)
        {
            throw new CommandFailedException(failed.Message, inner: failed);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static string Make(string shape, string folder)
    {
        if (EngineState.Read().Missing is { } missing)
        {
            throw new CommandFailedException(missing);
        }

        var file = Path.Combine(folder, $"random-{shape}.gguf");
        RandomModel.Write(file, shape == "135m" ? RandomModelShape.M135 : RandomModelShape.B1, Seed);
        return file;
    }

    private static string Lines(BenchFigures figures) => string.Create(CultureInfo.InvariantCulture, $"""
        device   {figures.Device}
        prefill  {figures.PromptTokensPerSecond:0.0} tokens/s, ratio {figures.PromptRatio:0.000}
        decode   {figures.ReplyTokensPerSecond:0.0} tokens/s, ratio {figures.ReplyRatio:0.000}
        """);
}
