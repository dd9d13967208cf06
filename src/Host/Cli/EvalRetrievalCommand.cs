using System.CommandLine;
using Tessera.Rag.Evaluation;
using Tessera.Rag.Retrieval;

namespace Tessera.Host.Cli;

/// <summary><c>eval retrieval</c>: search, measured as trec_eval does, in a scratch index that is deleted afterwards.</summary>
internal static class EvalRetrievalCommand
{
    private static readonly Option<string?> Run = new("--run") { Description = "Write a TREC run to this file.", HelpName = "file" };

    private static readonly Option<int> Top = new("--top") { Description = "Passages a question, 1 to 1000.", DefaultValueFactory = _ => 100 };

    private static readonly Option<string> Setup = Setups("--setup", "What takes part in the searches");

    private static readonly Option<string> Compare = Setups("--compare", "Also measure this setup, side by side");

    public static Command Create()
    {
        Top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--top is between 1 and 1000.");
            }
        });
        var command = new Command("retrieval", "Measures search on documents and questions of your own, or on a folder in the layout of BEIR: one corpus line is one passage.")
        {
            EvalOptions.Folder, EvalOptions.Domain, Run, Top, EvalOptions.Scoped, Setup, Compare, EvalOptions.Misses,
        };
        command.SetAction((parsed, cancellationToken) => EvalOptions.MeasureAsync(
            parsed,
            request => RetrievalEvaluation.RunAsync(
                new RetrievalRun(request.Folder, request.Roles)
                {
                    RunFile = parsed.GetValue(Run),
                    Top = parsed.GetRequiredValue(Top),
                    Scoped = parsed.GetValue(EvalOptions.Scoped),
                    Setup = parsed.GetValue(Setup) is { } setup ? RetrievalSetup.Find(setup)! : RetrievalSetup.Configured,
                    Against = parsed.GetValue(Compare) is { } other ? RetrievalSetup.Find(other) : null,
                    Reader = request.Reader,
                    Progress = request.Progress,
                },
                cancellationToken),
            report => RetrievalLines.Json(report, parsed.GetValue(EvalOptions.Misses)),
            report => RetrievalLines.Of(report, parsed.GetValue(EvalOptions.Misses))));
        return command;
    }

    private static Option<string> Setups(string name, string description)
    {
        var ids = RetrievalSetup.All.Select(setup => setup.Id).ToArray();
        var option = new Option<string>(name) { Description = $"{description}: {string.Join(", ", ids)}.", HelpName = "setup" };
        option.AcceptOnlyFromAmong(ids);
        return option;
    }
}
