using Tessera.Rag.Answers.Extractive;
using Tessera.Rag.Retrieval;

namespace Tessera.Rag.Answers;

/// <summary>How much of a question a domain's documents cover. Safe for concurrent use.</summary>
/// <param name="retriever">Finds the passages.</param>
public sealed class EvidenceProbe(Retriever retriever)
{
    /// <summary>Share of the question's weight that the best sentence covers, 0 to 1; comparable between domains.</summary>
    public async Task<double> CoverageAsync(DomainWorkspace workspace, Question question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(question);
        var found = await retriever.SearchAsync(
            // Many domains are probed for one question: none is read twice.
            workspace, question.Search with { Setup = RetrievalSetup.NoReranker }, cancellationToken).ConfigureAwait(false);
        return Judgement.CoverageOf((await Judgement.OfAsync(workspace, question, found, cancellationToken).ConfigureAwait(false)).Candidates);
    }
}
