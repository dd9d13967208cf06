namespace Tessera.Rag.Retrieval.Reranking;

/// <summary>A model that reads a question and a passage together and says how well the one answers the other.</summary>
/// <param name="Model">Its name, for people.</param>
/// <param name="Score">Scores passages.</param>
public sealed record PassageScorer(string Model, ScorePassages Score)
{
    /// <summary>How long a search waits for it, its loading included. Default: 3 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>One score a passage, in their order; higher is better, comparable within one call. Whatever it throws, the search goes on without it.</summary>
/// <param name="question">The question.</param>
/// <param name="passages">Texts, with the headings above them.</param>
/// <param name="cancellationToken">Cancelled too when the time is up.</param>
public delegate Task<IReadOnlyList<double>> ScorePassages(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken);
