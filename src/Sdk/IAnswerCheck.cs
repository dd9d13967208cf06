namespace Tessera.Sdk;

/// <summary>Judges one sentence of an answer against what it cites. Safe for concurrent use.</summary>
public interface IAnswerCheck
{
    /// <summary>The verdict; a reason that a person can read when it fails.</summary>
    ValueTask<Verdict> CheckAsync(
        AnswerSentence sentence, IReadOnlyList<Citation> citations, CancellationToken cancellationToken);
}
