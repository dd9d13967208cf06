using System.CommandLine;
using System.Globalization;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary><c>eval retrieval</c>: search, measured as trec_eval does, in a scratch index that is deleted afterwards.</summary>
internal static class EvalRetrievalCommand
{
    private static readonly Option<string?> Run = new("--run") { Description = "Write a TREC run to this file.", HelpName = "file" };

    private static readonly Option<int> Top = new("--top") { Description = "Passages a question, 1 to 1000.", DefaultValueFactory = _ => 100 };

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
            EvalOptions.Folder, EvalOptions.Domain, Run, Top, EvalOptions.Scoped,
        };
        command.SetAction((parsed, cancellationToken) => EvalOptions.MeasureAsync(
            parsed,
            (folder, roles, progress) => RetrievalEvaluation.RunAsync(
                new RetrievalRun(folder, roles)
                {
                    RunFile = parsed.GetValue(Run),
                    Top = parsed.GetRequiredValue(Top),
                    Scoped = parsed.GetValue(EvalOptions.Scoped),
                    Progress = progress,
                },
                cancellationToken),
            Lines));
        return command;
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
