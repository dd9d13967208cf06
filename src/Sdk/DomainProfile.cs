namespace Tessera.Sdk;

/// <summary>What a domain says of itself. Validated when it is loaded.</summary>
public sealed record DomainProfile
{
    /// <summary>Lower-case id, <c>[a-z][a-z0-9-]{1,31}</c>; equal to the manifest's.</summary>
    public required string Id { get; init; }

    /// <summary>Name as people see it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what the domain is for.</summary>
    public required string Description { get; init; }

    /// <summary>How words are made from its text. Default: prose.</summary>
    public TextAnalysis Analysis { get; init; } = TextAnalysis.Prose;

    /// <summary>When text of an answer is shown. Default: as it is made.</summary>
    public AnswerRelease Release { get; init; } = AnswerRelease.Streaming;

    /// <summary>
    /// Share of the question's idf mass (0 to 1) that the best sentence must cover with the headings above it, or the question is refused. Default: 0.28.
    /// </summary>
    public double MinimumEvidence { get; init; } = 0.28;

    /// <summary>What is said when the evidence is weak.</summary>
    public string RefusalText { get; init; } =
        "The documents of this domain do not hold enough evidence to answer this question.";

    /// <summary>
    /// What a chat model is told of the domain, before the platform's own rules of quoting and refusing. Default: nothing. The same for every question,
    /// so that a tenant's users share the work of reading it.
    /// </summary>
    public string ChatInstructions { get; init; } = "";

    /// <summary>What a newcomer may click on the empty page; answered by the domain's samples.</summary>
    public IReadOnlyList<string> SampleQuestions { get; init; } = [];
}

/// <summary>How words are made from text.</summary>
public enum TextAnalysis
{
    /// <summary>English prose: lower case, Porter stemming, stop words dropped.</summary>
    Prose,

    /// <summary>Source code: identifiers kept whole and split at case, underscore and digits; operators kept.</summary>
    Code,
}

/// <summary>When text of an answer is shown.</summary>
public enum AnswerRelease
{
    /// <summary>As it is made.</summary>
    Streaming,

    /// <summary>A sentence at a time, once its checks have passed.</summary>
    AfterChecks,
}
