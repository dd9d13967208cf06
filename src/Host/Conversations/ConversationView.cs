using Tessera.Host.Answers;

namespace Tessera.Host.Conversations;

/// <summary>A conversation as its owner sees it in a list.</summary>
/// <param name="Title">The beginning of the first question; empty until one was answered.</param>
/// <param name="UpdatedAt">Of the last turn.</param>
internal sealed record ConversationView(Guid Id, string Domain, string Title, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ConversationView Of(Conversation row) => new(row.Id, row.Domain, row.Title, row.CreatedAt, row.UpdatedAt);
}

/// <summary>A conversation with all that was said.</summary>
/// <param name="Turns">Oldest first.</param>
internal sealed record WholeConversation(
    Guid Id, string Domain, string Title, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<TurnView> Turns);

/// <summary>A question and its answer.</summary>
/// <param name="Answer">As <c>POST …/answers</c> returned it.</param>
/// <param name="Failures">The sentences that failed a check.</param>
/// <param name="Useful">What its owner said of the answer; null: nothing.</param>
internal sealed record TurnView(Guid Id, string Question, AnswerView Answer, IReadOnlyList<SentenceFailure> Failures, bool? Useful, DateTimeOffset CreatedAt)
{
    public static TurnView Of(ConversationTurn row)
    {
        var kept = KeptAnswer.Read(row.Answer);
        return new TurnView(row.Id, row.Question, kept.Answer, kept.Failures, row.Useful, row.CreatedAt);
    }
}
