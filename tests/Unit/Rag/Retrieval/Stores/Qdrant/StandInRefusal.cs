namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>The stand-in answers with an error.</summary>
internal sealed class StandInRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
