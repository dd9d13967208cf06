using System.Text.Json;
using Tessera.Host.Answers;

namespace Tessera.Host.Conversations;

/// <summary>An answer as a conversation keeps it.</summary>
/// <param name="Answer">The body that the caller got.</param>
/// <param name="Failures">The sentences that failed a check, as the stream told them.</param>
internal sealed record KeptAnswer(AnswerView Answer, IReadOnlyList<SentenceFailure> Failures)
{
    public bool IsRefused => Answer.Status == AnswerView.Refused;

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static KeptAnswer Read(string json) => JsonSerializer.Deserialize<KeptAnswer>(json, JsonSerializerOptions.Web)!;
}

/// <summary>A sentence that failed a check.</summary>
/// <param name="Index">Its place among the answer's sentences.</param>
/// <param name="Reason">Why, in words for the person who asked.</param>
internal sealed record SentenceFailure(int Index, string Reason);
