namespace Tessera.Inference.Constraints.Quotes;

/// <summary>One way in which what is written so far stands in the sources.</summary>
/// <param name="Start">The place where the quote begins.</param>
/// <param name="At">The place that it has come to.</param>
/// <param name="Closing">Bytes of the closing mark that are written; <see cref="Blank"/>: a blank before the mark.</param>
internal readonly record struct QuoteThread(int Start, int At, int Closing)
{
    /// <summary>A blank was written that belongs to no source; nothing but the mark may follow.</summary>
    public const int Blank = -1;
}
