using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Rag.Answers;

/// <summary>What a domain's file of answers holds, for people to read too.</summary>
/// <param name="Sentences">The weight of each feature of a sentence by its name.</param>
/// <param name="Answered">The weight of each feature of a question and what it found by its name, and <c>bias</c>; a logistic model.</param>
/// <param name="Least">How likely an answer must be, above 0 and below 1, or the question is refused.</param>
internal sealed record AnswerModelFile(IReadOnlyDictionary<string, float>? Sentences, IReadOnlyDictionary<string, float>? Answered, double Least)
{
    public const string Bias = "bias";

    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };
}
