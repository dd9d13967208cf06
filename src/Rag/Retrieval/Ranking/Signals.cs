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
public readonly record struct Signals(float Words, float Grams, float Title, float Document, float Promised)
{
    /// <summary>How much of what the title tells the question says, 0 to 1: the share of the idf of its words.</summary>
    public float TitleCovered { get; init; }
}
