using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Rag.Adapting;

/// <summary>What models are adapted by. Neither a heading that was held out nor what stands below it is in here.</summary>
/// <param name="Pairs">Questions, and texts that answer them.</param>
/// <param name="Passages">Texts like those that will be searched.</param>
public sealed record AdaptationTexts(IReadOnlyList<(string Question, string Answer)> Pairs, IReadOnlyList<string> Passages)
{
    // A long section is learned from by its beginning.
    private const int MostOfHeading = 3;

    /// <summary>The texts of a tenant's documents.</summary>
    /// <param name="headings">The documents' headings.</param>
    /// <param name="rated">Questions whose answers people found useful, and the chunk that each was answered by.</param>
    /// <param name="documents">All chunks, by document.</param>
    /// <param name="analysis">How the domain's words are made.</param>
    public static AdaptationTexts Of(
        HeadingSplit headings, IEnumerable<(string Question, Chunk Chunk)> rated, IReadOnlyList<IReadOnlyList<Chunk>> documents, TextAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(rated);
        ArgumentNullException.ThrowIfNull(documents);
        var held = headings.HeldOut.SelectMany(pair => pair.Passages).Select(Place).ToHashSet();
        var hidden = new HiddenHeadings([.. headings.Learned, .. headings.HeldOut], TextAnalyzer.For(analysis));
        return new AdaptationTexts(
            [
                .. headings.Learned.SelectMany(pair => pair.Passages.Take(MostOfHeading).Select(chunk => (pair.Question, hidden.Without(chunk).Text))),
                .. rated.Where(x => !held.Contains(Place(x.Chunk))).Select(x => (x.Question, hidden.Without(x.Chunk).Text)),
            ],
            [.. documents.SelectMany(chunks => chunks).Where(chunk => !held.Contains(Place(chunk))).Select(chunk => hidden.Without(chunk).Text)]);
    }

    private static (DocumentId, int) Place(Chunk chunk) => (chunk.Document, chunk.Ordinal);
}
