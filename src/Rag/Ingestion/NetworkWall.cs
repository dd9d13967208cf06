namespace Tessera.Rag.Ingestion;

/// <summary>What keeps a child off the network.</summary>
public enum NetworkWall
{
    /// <summary>Only that its code resolves and fetches nothing; the system does not let a process have its own network here.</summary>
    ParsersOnly,

    /// <summary>Besides, a network namespace of its own without any connection.</summary>
    Namespace,
}
