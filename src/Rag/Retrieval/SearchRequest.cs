using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval;

/// <summary>One search.</summary>
/// <param name="Query">The question as it was asked.</param>
/// <param name="Top">How many passages, 1 to 1,000.</param>
public sealed record SearchRequest(string Query, int Top)
{
    /// <summary>No search finds more passages.</summary>
    public const int Most = 1000;

    /// <summary>What a passage is to answer: the question without what only names its document.</summary>
    public string Asked { get; init; } = NamingPart.Without(Query).ToString();

    /// <summary>Only chunks of these documents; null: all.</summary>
    public SearchFilter? Filter { get; init; }

    /// <summary>What documents say for what the question says: promises where promises are known, else words.</summary>
    public IReadOnlyList<QueryTerm> Expansions { get; init; } = [];

    /// <summary>Words beside the question's own: what a conversation was about before.</summary>
    public IReadOnlyList<QueryTerm> Background { get; init; } = [];

    /// <summary>Which words of a chunk promise which of a question; null: none is known.</summary>
    public TranslationModel? Translation { get; init; }

    /// <summary>The question's vector; empty without an embedding model.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Vectors of single words, as <see cref="Vector"/>'s embedder makes them; null where it makes none that tell anything.</summary>
    internal WordVectors? Words { get; init; }

    /// <summary>Where a store may keep what it found beyond <see cref="Top"/>; null: nobody will ask for more.</summary>
    internal KeptHits? Kept { get; init; }
}

/// <summary>Limits a search: OR within a field, AND between fields; an empty field limits nothing.</summary>
public sealed record SearchFilter
{
    /// <summary>Document ids.</summary>
    public IReadOnlyList<DocumentId> Documents { get; init; } = [];

    /// <summary>Folders, each with all below it.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Tags, compared exactly.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Languages, compared without case.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>First date, inclusive; documents without a date do not match.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last date, inclusive; documents without a date do not match.</summary>
    public DateOnly? To { get; init; }
}
