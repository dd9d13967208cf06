using System.CommandLine;
using System.Text.Json;
using Tessera.Rag;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary>What the evaluations have in common: a folder, a domain, the way they print.</summary>
internal static class EvalOptions
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static readonly Argument<string> Folder = new("folder") { Description = "Folder with corpus.jsonl, queries.jsonl and qrels.tsv (the first two may end in .gz)." };

    public static readonly Option<string> Domain = new("--domain") { Description = "Id of the domain that searches.", Required = true };

    public static readonly Option<bool> Scoped = new("--scoped") { Description = "Search only the document that the question names." };

    /// <summary>Measures and prints, as lines or as JSON.</summary>
    /// <exception cref="CommandFailedException">There is no such folder or domain, or the set cannot be read.</exception>
    public static async Task<int> MeasureAsync<TScores>(
        ParseResult parsed, Func<string, DomainRoles, IProgress<double>, Task<TScores>> measure, Func<TScores, string> lines)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException($"There is no folder '{folder}'.");
        }

        using var progress = new ProgressLine();
        var roles = EvalDomain.Load(parsed.GetRequiredValue(Domain), Settings.Read(parsed)).Roles;
        try
        {
            var scores = await measure(folder, roles, progress);
            progress.Dispose();
            Console.WriteLine(parsed.GetValue(GlobalOptions.Json) ? JsonSerializer.Serialize(scores, Indented) : lines(scores));
            return ExitCode.Ok;
        }
        catch (EvaluationDataException broken)
        {
            throw new CommandFailedException(broken.Message, inner: broken);
        }
    }
}
