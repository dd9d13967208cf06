namespace Tessera.Host.Startup;

/// <summary>Where chunks and their vectors lie.</summary>
internal enum ChunkStoreKind
{
    /// <summary>Files below the data folder, for the one host that owns it.</summary>
    Sqlite,

    /// <summary>PostgreSQL with pgvector, in the database of the rows.</summary>
    Pgvector,

    /// <summary>A Qdrant server.</summary>
    Qdrant,
}
