using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Words as sparse vectors: what a word counts in a chunk is BM25's share of its times, and the server multiplies by how seldom it is. Chunks are taken
/// to be as long as most are: how long they are on the mean changes with every document.
/// </summary>
/// <param name="Indices">The words; each once.</param>
/// <param name="Values">What each counts.</param>
internal sealed record QdrantWords(IReadOnlyList<uint> Indices, IReadOnlyList<float> Values)
{
    private const double MeanLength = 128;

    /// <summary>Those of a question.</summary>
    public static QdrantWords Of(IReadOnlyList<KeyValuePair<ulong, double>> question)
    {
        var weights = new Dictionary<uint, float>();
        foreach (var (key, weight) in question)
        {
            weights[Fold(key)] = weights.GetValueOrDefault(Fold(key)) + (float)weight;
        }

        return Of(weights);
    }

    /// <summary>Those of each chunk of a revision.</summary>
    public static IReadOnlyList<QdrantWords> Of(byte[] terms)
    {
        var reader = new RevisionFields(terms).Words;
        var lengths = reader.Lengths;
        var chunks = Array.ConvertAll(lengths, _ => new Dictionary<uint, float>());
        var norm = Bm25.Reference.LengthNorm(MeanLength);
        while (reader.NextTerm(out var key, out _))
        {
            while (reader.NextPlace(out var chunk, out var times))
            {
                chunks[chunk][Fold(key)] = chunks[chunk].GetValueOrDefault(Fold(key)) + (times / (times + norm.Fixed + (norm.PerTerm * lengths[chunk])));
            }
        }

        return Array.ConvertAll(chunks, Of);
    }

    private static QdrantWords Of(Dictionary<uint, float> weights) => new([.. weights.Keys], [.. weights.Values]);

    private static uint Fold(ulong key) => (uint)(key ^ (key >> 32));
}
