using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>A stretch of a model's reply. Closed, immutable.</summary>
/// <param name="Content">What it says, without marks; not empty.</param>
internal abstract record ReplyPiece(string Content)
{
    /// <summary>Words of the model's own.</summary>
    internal sealed record Words(string Content) : ReplyPiece(Content);

    /// <summary>A quote that stands where it says, proven.</summary>
    internal sealed record Quote(string Content, Citation Source) : ReplyPiece(Content);

    /// <summary>What the model gave as a quote and that stands in no passage.</summary>
    internal sealed record Unfound(string Content) : ReplyPiece(Content);
}
