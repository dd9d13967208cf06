using Tessera.Host.Answers;

namespace Tessera.Host.Portal.Parts;

/// <summary>A passage beside an answer, with the spans that were quoted from it.</summary>
public sealed class TurnSource(
    int number, string elementId, Guid document, string name, int? page, string path, int start, string text)
{
    private readonly List<(int Start, int End)> _spans = [];
    private readonly List<TurnReference> _references = [];

    public int Number { get; } = number;

    public string ElementId { get; } = elementId;

    public Guid Document { get; } = document;

    public string Name { get; } = name;

    public int? Page { get; } = page;

    public string Path { get; } = path;

    /// <summary>Offset of <see cref="Text"/> in the document.</summary>
    public int Start { get; } = start;

    public string Text { get; } = text;

    /// <summary>Where else the same stands.</summary>
    public IReadOnlyList<DuplicateView> Duplicates { get; init; } = [];

    /// <summary>What stands before it in its section.</summary>
    public string Before { get; init; } = "";

    /// <summary>What stands behind it in its section.</summary>
    public string Behind { get; init; } = "";

    /// <summary>Quoted ranges of <see cref="Text"/>.</summary>
    public IReadOnlyList<(int Start, int End)> Spans => _spans;

    /// <summary>What words of its quotes refer to.</summary>
    public IReadOnlyList<TurnReference> References => _references;

    public void Mark(int start, int end) => _spans.Add((start, end));

    public void Add(TurnReference reference) => _references.Add(reference);
}

/// <summary>What words of a source refer to elsewhere in its document.</summary>
/// <param name="Words">As they stand in the quote.</param>
/// <param name="Where">Page and heading trail, as people read them.</param>
/// <param name="Text">What is said there.</param>
public sealed record TurnReference(string Words, string Where, string Text);

/// <summary>A sentence of an answer and the numbers of its sources.</summary>
/// <param name="Doubt">Why it did not pass its checks; null: it did.</param>
public sealed record TurnSentence(string Text, IReadOnlyList<int> Sources, string? Doubt);
