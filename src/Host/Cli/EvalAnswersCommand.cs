using System.CommandLine;
using System.Globalization;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary><c>eval answers</c>: answers and their citations against gold answers, in a scratch index that is deleted afterwards.</summary>
internal static class EvalAnswersCommand
{
    public static Command Create()
    {
        var command = new Command("answers", "Measures answers on a folder that also has answers.jsonl: gold spans, refusals, quotes.")
        {
            EvalOptions.Folder, EvalOptions.Domain, EvalOptions.Scoped,
        };
        command.SetAction((parsed, cancellationToken) => EvalOptions.MeasureAsync(
            parsed,
            (folder, roles, progress) => AnswerEvaluation.RunAsync(
                new AnswerRun(folder, roles) { Scoped = parsed.GetValue(EvalOptions.Scoped), Progress = progress }, cancellationToken),
            Lines));
        return command;
    }

    private static string Lines(AnswerScores scores) => string.Create(CultureInfo.InvariantCulture, $"""
        gold inside         {scores.GoldInside:0.0000}
        exact match         {scores.ExactMatch:0.0000}
        token F1            {scores.F1:0.0000}
        citation precision  {scores.CitationPrecision:0.0000}
        citation recall     {scores.CitationRecall:0.0000}
        refusal precision   {Share(scores.RefusalPrecision)}
        refusal recall      {Share(scores.RefusalRecall)}
        wrongly refused     {scores.WronglyRefused:0.0000}
        verbatim            {scores.Verbatim:0.0000}
        at most             {scores.MostCitations} citations, {scores.LongestAnswer} characters
        questions           {scores.Queries} with an answer, {scores.Unanswerable} without
        answer              p50 {scores.MsP50:0.00} ms
        """);

    private static string Share(double? share) => share?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}
