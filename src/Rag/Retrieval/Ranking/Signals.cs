namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>
/// What speaks for a chunk, each by its own measure. A store gives each in deviations over the chunks that the search could have found; 0 where
/// nothing speaks for it.
/// </summary>
/// <param name="Words">BM25 of the question's words in title and text.</param>
/// <param name="Grams">BM25 of the pieces of the question's words.</param>
/// <param name="Title">BM25 of the question's words in the title: the document's name and the headings.</param>
/// <param name="Document">BM25 of the question's words in the whole document.</param>
/// <param name="Promised">What the chunk's words promise of the question, by the domain's translation model; 0 without one.</param>
/// <param name="Vector">How like the chunk's vector is to the question's; 0 without an embedder.</param>
public readonly record struct Signals(float Words, float Grams, float Title, float Document, float Promised, float Vector)
{
    /// <summary>How near the question's neighbouring words stand in the chunk; as it is measured, not in deviations.</summary>
    public float Near { get; init; }

    /// <summary>How much of what is asked the chunk says in whatever words, 0 to 1; as it is measured, not in deviations. 0 without an embedder.</summary>
    public float Kin { get; init; }

    /// <summary>How much of what the title tells the question says, 0 to 1: the share of the idf of its words.</summary>
    public float TitleCovered { get; init; }

    /// <summary>Each multiplied by the other's.</summary>
    internal Signals Times(Signals other) => new(
        Words * other.Words, Grams * other.Grams, Title * other.Title, Document * other.Document, Promised * other.Promised, Vector * other.Vector)
    {
        Near = Near * other.Near,
        Kin = Kin * other.Kin,
    };

    /// <summary>All of them together; not the share of the title.</summary>
    internal float Sum() => Words + Grams + Title + Document + Promised + Vector + Near + Kin;
}
