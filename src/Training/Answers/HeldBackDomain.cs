using Tessera.Sdk;

namespace Tessera.Training.Answers;

/// <summary>A domain of an analysis alone: what it learns hangs on no list of wordings. Its passages come cut.</summary>
internal sealed class HeldBackDomain(DomainProfile profile) : DomainModule
{
    public override DomainProfile Profile => profile;

    public override void Configure(IDomainBuilder domain) => domain.Use(new NoChunker());

    private sealed class NoChunker : IChunker
    {
        public IAsyncEnumerable<Chunk> ChunkAsync(SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Passages of training come cut.");
    }
}
