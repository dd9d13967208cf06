using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;

namespace Tessera.Rag.Evaluation;

/// <summary>Brings a file into a scratch index on the road that every document takes.</summary>
internal static class ScratchDocument
{
    /// <param name="workspace">The index and its domain.</param>
    /// <param name="reader">Reads the file.</param>
    /// <param name="document">Its id and name.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="entries">An existing empty folder for the reader.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationDataException">It cannot be read.</exception>
    public static async Task IndexAsync(
        DomainWorkspace workspace, IDocumentReader reader, StoredDocument document, string path, string entries, CancellationToken cancellationToken)
    {
        var outcome = await reader.ReadAsync(workspace.Tenant, path, document.Name, entries, cancellationToken).ConfigureAwait(false);
        if (outcome is not ReadOutcome.Text text)
        {
            throw new EvaluationDataException(
                $"'{document.Name}' cannot be read: {(outcome as ReadOutcome.Failed)?.Reason ?? "it is an archive. Unpack it and put its files there."}");
        }

        await new IngestionPipeline().IndexAsync(workspace, document, revision: 1, text.Sections, cancellationToken).ConfigureAwait(false);
    }
}
