using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Answers;

/// <summary>Finds the given chunks, in their order, for any question; long words tell three times as much as short ones.</summary>
internal sealed class FakeStore(params IReadOnlyList<Chunk> chunks) : IChunkStore
{
    public Action OnWeigh { get; init; } = () => { };

    /// <summary>What is stored, found or not.</summary>
    public IReadOnlyList<Chunk> Documents { get; init; } = [];

    /// <summary>The last search.</summary>
    public SearchRequest? Asked { get; private set; }

    public static Chunk Chunk(string text, string path = "", DocumentId? document = null, int start = 0) =>
        new(document ?? new DocumentId(Guid.NewGuid()), 0, text, path, null, start, start + text.Length);

    public static DomainWorkspace Workspace(IChunkStore store, DomainProfile? profile = null, params IReadOnlyList<IAnswerCheck> checks) =>
        new(new TenantId(Guid.NewGuid()), DomainRoles.Of(new Module(profile ?? Profile, checks)), store);

    public static DomainProfile Profile { get; } = new() { Id = "fake", Name = "Fake", Description = "Nothing." };

    public Task<IReadOnlyList<Candidate>> SearchAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        Asked = request;
        return Task.FromResult<IReadOnlyList<Candidate>>([.. chunks.Select((chunk, rank) => new Candidate(chunk, 10.0 - (rank * .5), default))]);
    }

    public Task<IReadOnlyList<double>> WeighAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        OnWeigh();
        return Task.FromResult<IReadOnlyList<double>>([.. words.Select(word => word.Length > 5 ? 3.0 : 1.0)]);
    }

    public Task EnsureCreatedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UpsertAsync(StoredDocument document, int revision, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DeleteAsync(DocumentId document, int belowRevision, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Chunk>> ReadAsync(DocumentId document, int first, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Chunk>>([.. Documents.Where(x => x.Document == document && x.Ordinal >= first && x.Ordinal - first < count)]);

    public Task<IReadOnlyList<EmbeddedChunk>> ReadEmbeddedAsync(DocumentId document, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoredDocument?> FindAsync(DocumentId document, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<StoredRevision>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Module(DomainProfile profile, IReadOnlyList<IAnswerCheck> checks) : DomainModule
    {
        public override DomainProfile Profile { get; } = profile;

        public override void Configure(IDomainBuilder domain)
        {
            domain.Use(new NoChunker());
            foreach (var check in checks)
            {
                domain.Use(check);
            }
        }
    }

    private sealed class NoChunker : IChunker
    {
        public IAsyncEnumerable<Chunk> ChunkAsync(
            SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
