using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Rag.Evaluation;

namespace Tessera.Host.Cli;

/// <summary><c>eval answers</c>: answers and their citations against gold answers, in a scratch index that is deleted afterwards.</summary>
internal static class EvalAnswersCommand
{
    public static Command Create()
    {
        var command = new Command("answers", "Measures answers on documents and questions of your own, or on a folder in the layout of BEIR with answers.jsonl: gold spans, refusals, quotes.")
        {
            EvalOptions.Folder, EvalOptions.Domain, EvalOptions.Scoped, EvalOptions.Misses,
        };
        command.SetAction((parsed, cancellationToken) => EvalOptions.MeasureAsync(
            parsed,
            request => AnswerEvaluation.RunAsync(
                new AnswerRun(request.Folder, request.Roles)
                {
                    Scoped = parsed.GetValue(EvalOptions.Scoped), Reader = request.Reader, Progress = request.Progress,
                },
                cancellationToken),
            report => Json(report, parsed.GetValue(EvalOptions.Misses)),
            report => Lines(report.Scores) + (parsed.GetValue(EvalOptions.Misses) ? Lines(report.Misses) : "")));
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

    private static JsonObject Json(AnswerReport report, bool withMisses)
    {
        var json = JsonSerializer.SerializeToNode(report.Scores)!.AsObject();
        if (withMisses)
        {
            json["misses"] = JsonSerializer.SerializeToNode(report.Misses);
        }

        return json;
    }

    private static string Lines(IReadOnlyList<AnswerMiss> misses) => misses.Count == 0
        ? "\nno question was missed"
        : string.Concat(misses.Select(miss => $"\nmissed {Place.OneLine(miss.Id, 100)}  {Place.OneLine(miss.Question, 200)}\n    {Told(miss)}"));

    private static string Told(AnswerMiss miss)
    {
        var expected = miss.Expected.Count > 0 ? $"expected '{Place.OneLine(miss.Expected[0], 200)}'" : "a refusal was expected";
        return miss.What switch
        {
            AnswerMiss.Refused => $"refused; {expected}",
            AnswerMiss.Answered => $"answered; {expected}; said: {Place.OneLine(miss.Answer!, 200)}",
            _ => $"rests on other words; {expected}; said: {Place.OneLine(miss.Answer!, 200)}",
        };
    }

    private static string Share(double? share) => share?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}
