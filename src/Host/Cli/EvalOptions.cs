using System.CommandLine;
using System.Text.Json;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Cli;

/// <summary>What the evaluations have in common: a folder, a domain, the way they print.</summary>
internal static class EvalOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static readonly Argument<string> Folder = new("folder")
    {
        Description = "Folder with documents/ and questions.jsonl, or with corpus.jsonl, queries.jsonl and qrels.tsv (the first two may end in .gz).",
    };

    public static readonly Option<string> Domain = new("--domain") { Description = "Id of the domain that searches.", Required = true };

    public static readonly Option<bool> Scoped = new("--scoped") { Description = "Search only the document that the question names." };

    public static readonly Option<bool> Misses = new("--misses") { Description = "Also tell each question that went wrong." };

    /// <summary>Measures and prints, as lines or as JSON.</summary>
    /// <exception cref="CommandFailedException">There is no such folder or domain, or the set cannot be read.</exception>
    public static async Task<int> MeasureAsync<TReport>(
        ParseResult parsed, Func<EvalRequest, Task<TReport>> measure, Func<TReport, object> json, Func<TReport, string> lines)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException($"There is no folder '{folder}'.");
        }

        using var progress = new ProgressLine();
        var settings = Settings.Read(parsed);
        var roles = EvalDomain.Load(parsed.GetRequiredValue(Domain), settings).Roles;
        await using var reader = new ReaderPool(new ReaderOptions { Assembly = settings.ReaderPath, Workers = 1, MaximumBytes = settings.UploadLimit });
        try
        {
            var report = await measure(new EvalRequest(folder, roles, reader, progress));
            progress.Dispose();
            Console.WriteLine(parsed.GetValue(GlobalOptions.Json) ? JsonSerializer.Serialize(json(report), Indented) : lines(report));
            return ExitCode.Ok;
        }
        catch (Exception broken) when (broken is EvaluationDataException or PermanentException or TransientException)
        {
            throw new CommandFailedException(broken.Message, inner: broken);
        }
    }
}

/// <summary>What is measured, and by what.</summary>
/// <param name="Folder">An existing folder.</param>
/// <param name="Roles">The domain.</param>
/// <param name="Reader">Reads documents.</param>
/// <param name="Progress">Told the share done.</param>
internal sealed record EvalRequest(string Folder, DomainRoles Roles, IDocumentReader Reader, IProgress<double> Progress);
