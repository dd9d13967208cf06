namespace Tessera.Sdk;

/// <summary>Adds words that a domain's documents use for what the question says. Safe for concurrent use.</summary>
public interface IQueryExpander
{
    /// <summary>Words or phrases to search beside the question; empty adds nothing.</summary>
    /// <param name="question">Without the part that only names its document.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<IReadOnlyList<QueryTerm>> ExpandAsync(string question, CancellationToken cancellationToken);
}

/// <summary>Words added to a search.</summary>
/// <param name="Text">One or more words, analysed like the question.</param>
/// <param name="Weight">Against 1 for the question's own words; above 0.</param>
public sealed record QueryTerm(string Text, double Weight);
