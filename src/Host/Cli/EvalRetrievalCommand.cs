using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary><c>eval retrieval</c>: search, measured as trec_eval does, in a scratch index that is deleted afterwards.</summary>
internal static class EvalRetrievalCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Argument<string> Folder = new("folder") { Description = "Folder with corpus.jsonl, queries.jsonl and qrels.tsv (the first two may end in .gz)." };

    private static readonly Option<string> Domain = new("--domain") { Description = "Id of the domain that searches.", Required = true };

    private static readonly Option<string?> Run = new("--run") { Description = "Write a TREC run to this file.", HelpName = "file" };

    private static readonly Option<int> Top = new("--top") { Description = "Passages a question, 1 to 1000.", DefaultValueFactory = _ => 100 };

    private static readonly Option<bool> Scoped = new("--scoped") { Description = "Search only the document that the question names." };

    public static Command Create()
    {
        Top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--top is between 1 and 1000.");
            }
        });
        var command = new Command("retrieval", "Measures search on a folder in the layout of BEIR: one corpus line is one passage.")
        {
            Folder, Domain, Run, Top, Scoped,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException($"There is no folder '{folder}'.");
        }

        using var progress = new ProgressLine();
        var run = new RetrievalRun(folder, EvalDomain.Load(parsed.GetRequiredValue(Domain), Settings.Read(parsed)).Roles)
        {
            RunFile = parsed.GetValue(Run),
            Top = parsed.GetRequiredValue(Top),
            Scoped = parsed.GetValue(Scoped),
            Progress = progress,
        };
        try
        {
            var scores = await RetrievalEvaluation.RunAsync(run, cancellationToken);
            progress.Dispose();
            Console.WriteLine(parsed.GetValue(GlobalOptions.Json) ? JsonSerializer.Serialize(scores, Indented) : Lines(scores));
            return ExitCode.Ok;
        }
        catch (EvaluationDataException broken)
        {
            throw new CommandFailedException(broken.Message, inner: broken);
        }
    }

    private static string Lines(RetrievalScores scores) => string.Create(CultureInfo.InvariantCulture, $"""
        nDCG@10     {scores.Ndcg10:0.0000}
        Recall@10   {scores.Recall10:0.0000}
        Recall@100  {scores.Recall100:0.0000}
        MRR@10      {scores.Mrr10:0.0000}
        queries     {scores.Queries}
        search      p50 {scores.MsP50:0.00} ms, p99 {scores.MsP99:0.00} ms
        """);
}
