using Microsoft.Extensions.AI;

namespace Tessera.Sdk;

/// <summary>
/// Asks a chat model to quote from given texts only. What the model writes between <see cref="Open"/> and <see cref="Close"/> is held
/// to what stands in the sources; the reply carries each quote as a text of its own with a <see cref="QuoteAnnotation"/>, verbatim and
/// without the marks. A model that cannot be held (a remote one) has its quotes searched; one that is not found comes back as plain
/// text with an <see cref="UnfoundQuoteAnnotation"/>. Immutable.
/// </summary>
/// <param name="Sources">The texts that may be quoted, in the order in which the prompt shows them.</param>
public sealed record QuoteLock(IReadOnlyList<string> Sources)
{
    /// <summary>The name under which a lock travels in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Key = "tessera.quoteLock";

    /// <summary>What opens a quote in the model's text.</summary>
    public const string Open = "<q>";

    /// <summary>What closes a quote in the model's text.</summary>
    public const string Close = "</q>";

    /// <summary>Words that a quote has at least, where its source has so many left. Default: 3.</summary>
    public int MinimumWords { get; init; } = 3;

    /// <summary>Characters after which a quote is closed at the next end of a word. Default: 400.</summary>
    public int LongestQuote { get; init; } = 400;
}
