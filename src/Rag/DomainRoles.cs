using Tessera.Sdk;

namespace Tessera.Rag;

/// <summary>The roles that a domain's module named. Immutable once built.</summary>
public sealed class DomainRoles
{
    private DomainRoles(DomainProfile profile, Builder builder, DomainModels models)
    {
        Profile = profile;
        Models = models;
        Chunker = builder.Chunker ?? throw new InvalidOperationException($"Domain '{profile.Id}' names no chunker.");
        Enrichers = [.. builder.Enrichers];
        Expanders = [.. builder.Expanders];
        Checks = [.. builder.Checks];
    }

    private DomainRoles(DomainRoles roles, DomainModels models) =>
        (Profile, Models, Chunker, Enrichers, Expanders, Checks) = (roles.Profile, models, roles.Chunker, roles.Enrichers, roles.Expanders, roles.Checks);

    /// <summary>The domain's profile.</summary>
    public DomainProfile Profile { get; }

    /// <summary>Cuts its documents.</summary>
    public IChunker Chunker { get; }

    /// <summary>Run after the chunker, in order.</summary>
    public IReadOnlyList<IChunkEnricher> Enrichers { get; }

    /// <summary>Run before a search.</summary>
    public IReadOnlyList<IQueryExpander> Expanders { get; }

    /// <summary>Run on each sentence of an answer.</summary>
    public IReadOnlyList<IAnswerCheck> Checks { get; }

    /// <summary>What the domain learned.</summary>
    public DomainModels Models { get; }

    /// <summary>Asks a module for its roles.</summary>
    /// <param name="module">The domain's module.</param>
    /// <param name="models">What it learned; null: nothing.</param>
    /// <exception cref="InvalidOperationException">The module names no chunker, or two.</exception>
    public static DomainRoles Of(DomainModule module, DomainModels? models = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        var builder = new Builder();
        module.Configure(builder);
        return new DomainRoles(module.Profile, builder, models ?? DomainModels.None);
    }

    /// <summary>The same roles with other models.</summary>
    public DomainRoles With(DomainModels models) => ReferenceEquals(models, Models) ? this : new DomainRoles(this, models);

    private sealed class Builder : IDomainBuilder
    {
        public IChunker? Chunker { get; private set; }

        public List<IChunkEnricher> Enrichers { get; } = [];

        public List<IQueryExpander> Expanders { get; } = [];

        public List<IAnswerCheck> Checks { get; } = [];

        public IDomainBuilder Use(IChunker chunker)
        {
            if (Chunker is not null)
            {
                throw new InvalidOperationException("A domain names one chunker.");
            }

            Chunker = chunker;
            return this;
        }

        public IDomainBuilder Use(IChunkEnricher enricher)
        {
            Enrichers.Add(enricher);
            return this;
        }

        public IDomainBuilder Use(IQueryExpander expander)
        {
            Expanders.Add(expander);
            return this;
        }

        public IDomainBuilder Use(IAnswerCheck check)
        {
            Checks.Add(check);
            return this;
        }
    }
}
