using Tessera.Host.Answers;

namespace Tessera.Host.Portal.Parts;

/// <summary>A passage beside an answer, with the spans that were quoted from it.</summary>
public sealed class TurnSource(
    int number, string elementId, Guid document, string name, int? page, string path, int start, string text)
{
    private readonly List<(int Start, int End)> _spans = [];

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

    /// <summary>Quoted ranges of <see cref="Text"/>.</summary>
    public IReadOnlyList<(int Start, int End)> Spans => _spans;

    public void Mark(int start, int end) => _spans.Add((start, end));
}

/// <summary>A sentence of an answer and the numbers of its sources.</summary>
/// <param name="Doubt">Why it did not pass its checks; null: it did.</param>
public sealed record TurnSentence(string Text, IReadOnlyList<int> Sources, string? Doubt);
