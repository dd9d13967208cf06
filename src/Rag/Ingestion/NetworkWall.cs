namespace Tessera.Rag.Ingestion;

/// <summary>What keeps a Reader process off the network.</summary>
public enum NetworkWall
{
    /// <summary>Only that its parsers resolve and fetch nothing; the system does not let a process have its own network here.</summary>
    ParsersOnly,

    /// <summary>Besides, a network namespace of its own without any connection.</summary>
    Namespace,
}
