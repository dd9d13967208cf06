namespace Tessera.Inference.Templates.Conversation;

/// <summary>One message as templates see it.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, or another that only some templates know.</param>
/// <param name="Content">Its text.</param>
internal sealed record Turn(string Role, string Content)
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
    public const string Tool = "tool";

    /// <summary>What the model thought before it answered.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Functions that the assistant called.</summary>
    public IReadOnlyList<TurnCall> Calls { get; init; } = [];

    /// <summary>Of a tool's answer: which call it answers.</summary>
    public string? CallId { get; init; }

    /// <summary>Of a tool's answer: the function, where its call is in the conversation.</summary>
    public string? Name { get; init; }
}

/// <summary>A function that the assistant called.</summary>
/// <param name="Id">Ties the answer to the call.</param>
/// <param name="Name">Of the function.</param>
/// <param name="Arguments">By name: what JSON can say.</param>
internal sealed record TurnCall(string Id, string Name, IReadOnlyDictionary<string, object?> Arguments);
