namespace Tessera.Sdk;

/// <summary>All that a plugin may do to the host: name its roles.</summary>
public interface IDomainBuilder
{
    /// <summary>Cuts the domain's documents. Required, exactly once.</summary>
    IDomainBuilder Use(IChunker chunker);

    /// <summary>Runs after the chunker, in the order given.</summary>
    IDomainBuilder Use(IChunkEnricher enricher);

    /// <summary>Runs before a search; all expansions are used.</summary>
    IDomainBuilder Use(IQueryExpander expander);

    /// <summary>Runs on each sentence of an answer; all must pass.</summary>
    IDomainBuilder Use(IAnswerCheck check);
}
