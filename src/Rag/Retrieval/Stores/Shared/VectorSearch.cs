using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Stores.Shared;

/// <summary>Asks a server for the nearest chunks.</summary>
/// <param name="Question">Has a vector.</param>
/// <param name="Scope">What may be found. Of a small one the likeness of every chunk is wanted.</param>
/// <param name="Count">How many of another.</param>
internal sealed record VectorSearch(QuestionTerms Question, SearchScope Scope, int Count);
