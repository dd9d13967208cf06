using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>A judged set whose corpus stands in an index of its own, each line one chunk. Disposing deletes the index.</summary>
internal sealed class ScratchSet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-eval-").FullName;
    private readonly SqliteChunkStores _stores;

    private ScratchSet(BeirFolder files, DomainRoles roles)
    {
        Files = files;
        _stores = new SqliteChunkStores(_folder);
        var tenant = new TenantId(Guid.NewGuid());
        Workspace = new DomainWorkspace(tenant, roles, _stores.Open(tenant, roles.Profile, embeddingModel: null));
    }

    public BeirFolder Files { get; }

    public DomainWorkspace Workspace { get; }

    /// <summary>For each query its relevant passages and their gain.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Judgments { get; private set; } = null!;

    public IReadOnlyList<BeirQuery> Queries { get; private set; } = null!;

    public ScratchCorpus Corpus { get; private set; } = null!;

    /// <exception cref="EvaluationDataException">The set cannot be read.</exception>
    public static async Task<ScratchSet> BuildAsync(string folder, DomainRoles roles, CancellationToken cancellationToken)
    {
        var set = new ScratchSet(new BeirFolder(folder), roles);
        try
        {
            set.Judgments = await set.Files.ReadJudgmentsAsync(cancellationToken).ConfigureAwait(false);
            set.Queries = await set.Files.ReadQueriesAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
            set.Corpus = await ScratchCorpus.IndexAsync(set.Files, set.Workspace, cancellationToken).ConfigureAwait(false);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>Limits a search to the document that the query names; null where all of the corpus is to be searched.</summary>
    public SearchFilter? FilterOf(BeirQuery query, bool scoped) =>
        scoped && query.Document is { } document ? Corpus.FilterOf(document) : null;

    public void Dispose()
    {
        _stores.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
