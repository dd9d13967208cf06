namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Robertson's BM25.</summary>
/// <param name="Saturation">How soon a term that is repeated stops to count: k1.</param>
/// <param name="LengthShare">How much long chunks are discounted, 0 to 1: b.</param>
internal readonly record struct Bm25(double Saturation, double LengthShare)
{
    /// <summary>As the field's reference runs have it.</summary>
    public static Bm25 Reference { get; } = new(0.9, 0.4);

    /// <summary>What a term is worth that stands in some of all chunks.</summary>
    public static double InverseFrequency(int chunks, int having) => Math.Log(1 + ((chunks - having + 0.5) / (having + 0.5)));

    /// <summary>A chunk's terms count as <c>times / (times + fixed + perTerm · length)</c> times the term's worth.</summary>
    public (float Fixed, float PerTerm) LengthNorm(double averageLength) =>
        ((float)(Saturation * (1 - LengthShare)), averageLength > 0 ? (float)(Saturation * LengthShare / averageLength) : 0);
}
