using Tessera.Sdk;

namespace Tessera.Evals;

/// <summary>The analysis of a set's domain alone: no expansions, so that a figure is the engine's.</summary>
internal sealed class BareModule(string set) : DomainModule
{
    public override DomainProfile Profile { get; } = new()
    {
        Id = "bare",
        Name = set,
        Description = "The engine alone.",
        Analysis = set.StartsWith("code/", StringComparison.Ordinal) ? TextAnalysis.Code : TextAnalysis.Prose,
    };

    public override void Configure(IDomainBuilder domain) => domain.Use(new NoChunker());

    private sealed class NoChunker : IChunker
    {
        public IAsyncEnumerable<Chunk> ChunkAsync(
            SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A corpus line is a chunk.");
    }
}
