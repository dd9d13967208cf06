using System.Text.Json.Serialization;

namespace Tessera.Training.Data;

/// <summary>
/// A line of a training file: <c>text</c> (a title and a text), <c>qa</c> (a question, its answer, sometimes the sentences that say so) or
/// <c>pair</c> (a question and the code that does it).
/// </summary>
internal sealed record TrainingLine
{
    /// <summary>text, qa or pair.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the line is from; goes into the model's card.</summary>
    public string Source { get; init; } = "";

    /// <summary>Under what it may be used; goes into the model's card.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What the text is about; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The text of a <c>text</c> line.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of <c>qa</c> and <c>pair</c>.</summary>
    public string Question { get; init; } = "";

    /// <summary>Of <c>qa</c>.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Of <c>qa</c>: the text that the answer rests on, word for word.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Of <c>pair</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>The document that the question is about.</summary>
    [JsonPropertyName("doc")]
    public string? Document { get; init; }

    /// <summary>What answers the question: evidence, else the answer or the code; empty for a text.</summary>
    [JsonIgnore]
    public string Passage => Evidence.Count > 0 ? string.Join('\n', Evidence) : Answer.Length > 0 ? Answer : Code;
}
