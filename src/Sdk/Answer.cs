namespace Tessera.Sdk;

/// <summary>Whether a question was answered.</summary>
public enum AnswerStatus
{
    /// <summary>Answered with citations.</summary>
    Answered,

    /// <summary>The documents do not hold enough evidence; the text says so.</summary>
    Refused,
}

/// <summary>A whole answer, as <c>POST …/answers</c> returns it.</summary>
/// <param name="Status">Answered or refused.</param>
/// <param name="Text">The sentences, in order.</param>
/// <param name="Sentences">Where each sentence stands in <paramref name="Text"/> and what it rests on.</param>
/// <param name="Citations">What the sentences point at by index.</param>
/// <param name="Receipt">How the answer was made.</param>
public sealed record Answer(
    AnswerStatus Status,
    string Text,
    IReadOnlyList<AnswerSentence> Sentences,
    IReadOnlyList<Citation> Citations,
    Receipt Receipt)
{
    /// <summary>What words of the citations refer to: definitions of terms, clauses named. Further sources; no sentence rests on them.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];
}

/// <summary>What a citation's words refer to.</summary>
/// <param name="Citation">Index of the citation.</param>
/// <param name="Words">As they stand in its quote: a defined term, "Section 5.2".</param>
/// <param name="Source">What is said of them elsewhere in the same document.</param>
public sealed record Reference(int Citation, string Words, Citation Source);

/// <summary>One sentence of an answer.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Start">Its offset in the answer's text, UTF-16 code units.</param>
/// <param name="End">Offset just behind it.</param>
/// <param name="Citations">Indexes into the answer's citations; empty says it has no source.</param>
public sealed record AnswerSentence(string Text, int Start, int End, IReadOnlyList<int> Citations);

/// <summary>The exact characters that a sentence rests on.</summary>
/// <param name="Document">The document.</param>
/// <param name="Page">1-based page where the format has pages.</param>
/// <param name="Path">Heading trail of the chunk.</param>
/// <param name="Start">Offset in the document's text, UTF-16 code units.</param>
/// <param name="End">Offset just behind the quote.</param>
/// <param name="Quote">Equal to the document's text at <c>[Start, End)</c>, always.</param>
public sealed record Citation(DocumentId Document, int? Page, string Path, int Start, int End, string Quote);

/// <summary>How an answer was made.</summary>
/// <param name="Mode">Whether sentences were quoted or written by a model.</param>
/// <param name="Model">Name of the chat model; null when extractive.</param>
/// <param name="Adapter">SHA-256 of the LoRA adapter; null without one.</param>
/// <param name="TokensIn">Tokens the model read; 0 when extractive.</param>
/// <param name="TokensOut">Tokens the model wrote; 0 when extractive.</param>
/// <param name="FirstTokenMs">Milliseconds from the question to the first text.</param>
/// <param name="TotalMs">Milliseconds from the question to the end.</param>
/// <param name="TokensPerSecond">Decode speed; null when extractive.</param>
/// <param name="Passages">How many passages were considered.</param>
/// <param name="Cut">How many of them did not fit.</param>
/// <param name="BytesSent">Bytes of the tenant's text that left this machine.</param>
public sealed record Receipt(
    AnswerMode Mode,
    string? Model,
    string? Adapter,
    int TokensIn,
    int TokensOut,
    double FirstTokenMs,
    double TotalMs,
    double? TokensPerSecond,
    int Passages,
    int Cut,
    long BytesSent);

/// <summary>Who wrote the sentences of an answer.</summary>
public enum AnswerMode
{
    /// <summary>Sentences of the documents, quoted.</summary>
    Extractive,

    /// <summary>A chat model.</summary>
    Model,
}
