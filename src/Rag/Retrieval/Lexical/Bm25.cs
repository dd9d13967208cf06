namespace Tessera.Rag.Retrieval.Lexical;

/// <summary>Robertson's BM25 with the parameters that the field's reference runs use.</summary>
internal static class Bm25
{
    private const double Saturation = 0.9;
    private const double LengthShare = 0.4;

    /// <summary>What a term is worth that stands in some of all chunks.</summary>
    public static double InverseFrequency(int chunks, int having) => Math.Log(1 + ((chunks - having + 0.5) / (having + 0.5)));

    /// <summary>A chunk's terms count as <c>times / (times + fixed + perTerm · length)</c> times the term's worth.</summary>
    public static (float Fixed, float PerTerm) LengthNorm(double averageLength) =>
        ((float)(Saturation * (1 - LengthShare)), averageLength > 0 ? (float)(Saturation * LengthShare / averageLength) : 0);
}
