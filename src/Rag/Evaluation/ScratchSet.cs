using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>A judged set in an index of its own: a folder in the layout of BEIR, or documents and questions of one's own. Disposing deletes the index.</summary>
internal sealed class ScratchSet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-eval-").FullName;
    private readonly IChunkStores _stores;

    private ScratchSet(BeirFolder files, DomainRoles roles, Func<IChunkStores>? stores)
    {
        Name = files.Name;
        _stores = stores?.Invoke() ?? new SqliteChunkStores(_folder);
        var tenant = new TenantId(Guid.NewGuid());
        var embedder = roles.Models.Embedder;
        Workspace = new DomainWorkspace(tenant, roles, _stores.Open(tenant, roles.Profile, embedder?.Model)) { Embedder = embedder?.Generator };
    }

    /// <summary>The folder's own name.</summary>
    public string Name { get; }

    public DomainWorkspace Workspace { get; }

    /// <summary>For each query its relevant passages and their gain.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Judgments { get; private set; } = null!;

    public IReadOnlyList<BeirQuery> Queries { get; private set; } = null!;

    public ScratchCorpus Corpus { get; private set; } = null!;

    /// <summary>The right answers by their queries' ids; empty where the set has none.</summary>
    public IReadOnlyDictionary<string, GoldAnswer> Gold { get; private set; } = null!;

    /// <param name="folder">The set's folder.</param>
    /// <param name="roles">The domain.</param>
    /// <param name="reader">Reads the files of a folder with documents; null where no such folder comes.</param>
    /// <param name="progress">Told the share of the documents read, 0 to 1; null: nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="stores">Makes the stores; null: SQLite.</param>
    /// <exception cref="EvaluationDataException">The set cannot be read.</exception>
    public static async Task<ScratchSet> BuildAsync(
        string folder, DomainRoles roles, IDocumentReader? reader, IProgress<double>? progress, CancellationToken cancellationToken, Func<IChunkStores>? stores = null)
    {
        var files = new BeirFolder(folder);
        var set = new ScratchSet(files, roles, stores);
        try
        {
            await (reader is null || files.HasCorpus ? set.FillAsync(files, cancellationToken) : set.FillAsync(OwnFolder.Read(folder), reader, progress, cancellationToken))
                .ConfigureAwait(false);
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
        (_stores as IDisposable)?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FillAsync(BeirFolder files, CancellationToken cancellationToken)
    {
        Queries = await files.ReadQueriesAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var ids = new HashSet<string>();
        if (Queries.FirstOrDefault(query => !ids.Add(query.Id)) is { } twice)
        {
            throw new EvaluationDataException($"{files.Name}: two lines of queries.jsonl have the _id '{twice.Id}'. Give each its own.");
        }

        Corpus = await ScratchCorpus.IndexAsync(files, Workspace, cancellationToken).ConfigureAwait(false);
        Judgments = await files.ReadJudgmentsAsync(ids.Contains, Corpus.Has, cancellationToken).ConfigureAwait(false);
        var gold = new Dictionary<string, GoldAnswer>();
        await foreach (var (query, answer) in files.ReadLinesAsync(
            "answers.jsonl", line => GoldAnswer.Read(line, Corpus, id => Judgments.GetValueOrDefault(id)?.Keys ?? []), cancellationToken).ConfigureAwait(false))
        {
            gold[query] = answer;
        }

        Gold = gold;
    }

    private async Task FillAsync(OwnFolder folder, IDocumentReader reader, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Corpus = await folder.IndexAsync(Workspace, reader, Path.Combine(_folder, "entries"), progress, cancellationToken).ConfigureAwait(false);
        (Queries, Judgments, Gold) = folder.Judge(Corpus);
    }
}
