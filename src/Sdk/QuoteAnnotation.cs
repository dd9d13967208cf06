using Microsoft.Extensions.AI;

namespace Tessera.Sdk;

/// <summary>Stands on a text of a reply that is a quote: the text equals the source at <c>[Start, End)</c>.</summary>
/// <param name="source">Index into <see cref="QuoteLock.Sources"/>.</param>
/// <param name="start">Offset of the first UTF-16 code unit in that source.</param>
/// <param name="end">Offset just behind the last one.</param>
public sealed class QuoteAnnotation(int source, int start, int end) : CitationAnnotation
{
    /// <summary>Index into <see cref="QuoteLock.Sources"/>.</summary>
    public int Source { get; } = source;

    /// <summary>Offset of the quote's first UTF-16 code unit in the source.</summary>
    public int Start { get; } = start;

    /// <summary>Offset just behind its last one.</summary>
    public int End { get; } = end;
}
