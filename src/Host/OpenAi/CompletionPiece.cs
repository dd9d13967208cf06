using Microsoft.Extensions.AI;
using Tessera.Host.Answers;

namespace Tessera.Host.OpenAi;

/// <summary>A piece of a completion as it is written. Closed, immutable; <see cref="End"/> is last.</summary>
internal abstract record CompletionPiece
{
    private CompletionPiece()
    {
    }

    /// <summary>More text.</summary>
    internal sealed record Text(string Value) : CompletionPiece;

    /// <summary>A call of a tool, whole.</summary>
    internal sealed record Call(FunctionCallContent Content) : CompletionPiece;

    /// <summary>The end.</summary>
    /// <param name="Reason"><c>stop</c>, <c>length</c> or <c>tool_calls</c>.</param>
    /// <param name="Read">Tokens that were read.</param>
    /// <param name="Written">Tokens that were written.</param>
    /// <param name="Answer">A domain's answer with its citations; null: a bare model wrote.</param>
    /// <param name="Warning">A sentence for the person who asked; null: none.</param>
    internal sealed record End(string Reason, long Read, long Written, AnswerView? Answer, string? Warning) : CompletionPiece;
}
