using System.CommandLine;
using Tessera.Sdk;

namespace Tessera.Training.Data;

/// <summary>What every training is told.</summary>
internal static class TrainingOptions
{
    public const string Legal = "legal";
    private const string Code = "code";

    public static Option<string> Domain { get; } = new Option<string>("--domain") { Description = "legal, medical or code: how texts are cut into words.", Required = true }
        .AcceptOnlyFromAmong(Legal, "medical", Code);

    public static Option<string[]> Pairs { get; } = new("--pairs")
    {
        Description = "Files of JSON lines, plain or .gz: questions with what answers them, and texts.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> Wordings { get; } = new("--wordings")
    {
        Description = "A JSON object with other words for questions that are asked of many documents.",
    };

    public static Option<string> Out { get; } = new("--out") { Description = "The model's file; its card goes beside it as .card.json.", Required = true };

    /// <summary>How the words of a domain are made.</summary>
    public static TextAnalysis AnalysisOf(string domain) => domain == Code ? TextAnalysis.Code : TextAnalysis.Prose;
}
