namespace Tessera.Inference;

/// <summary>Scores passages against a question by reading both together. Safe for concurrent use.</summary>
public interface IReranker
{
    /// <summary>One score a passage, in their order; higher is better, comparable within one call.</summary>
    Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken);
}
