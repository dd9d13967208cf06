using Tessera.Rag.Retrieval.Lexical;
namespace Tessera.Rag.Retrieval.Indexing;

/// <summary>The revision of a document that searches see.</summary>
/// <param name="Row">Its row in the store.</param>
/// <param name="Document">The document's filter fields.</param>
/// <param name="Number">Counts up from 1.</param>
internal sealed record IndexedRevision(long Row, StoredDocument Document, int Number);
