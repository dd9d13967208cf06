using System.Runtime.CompilerServices;
using System.Text.Json;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Explaining;

/// <summary>A domain with an expander, promises and perhaps a ranker, over a few documents in a store of its own.</summary>
internal sealed class SmallWorld : IDisposable
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-explain-").FullName;
    private readonly SqliteChunkStores _stores;

    private SmallWorld(Ranker? ranker)
    {
        _stores = new SqliteChunkStores(_folder);
        var roles = DomainRoles.Of(new Module(), new DomainModels { Ranker = ranker, Translation = TranslationModel.Read(Promises(), Analyzer) });
        var tenant = new TenantId(Guid.NewGuid());
        Workspace = new DomainWorkspace(tenant, roles, _stores.Open(tenant, roles.Profile, embeddingModel: null));
    }

    public DomainWorkspace Workspace { get; }

    public Dictionary<DocumentId, string> Names { get; } = [];

    /// <summary>A ranker with a weight for each feature; those not named weigh nothing.</summary>
    public static Ranker RankerOf(Func<string, float> weight)
    {
        var weights = RankFeatures.Names.ToDictionary(name => name, weight);
        return Ranker.Read(JsonSerializer.SerializeToUtf8Bytes(new RankerFile(weights, weights), RankerFile.Format));
    }

    public static async Task<SmallWorld> OfAsync(Ranker? ranker, params (string Name, string[] Chunks)[] documents)
    {
        var world = new SmallWorld(ranker);
        foreach (var (name, chunks) in documents)
        {
            var document = new StoredDocument(new DocumentId(new Guid(world.Names.Count + 1, 0, 0, new byte[8])), name);
            world.Names[document.Id] = name;
            var start = 0;
            var sections = chunks.Select(text => new Section(text, "", null, (start += text.Length + 2) - text.Length - 2)).ToList();
            await new IngestionPipeline().IndexAsync(world.Workspace, document, 1, sections, CancellationToken.None);
        }

        return world;
    }

    public void Dispose()
    {
        _stores.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // "expire" and "lapse" promise "end", "lapse" the less.
    private static byte[] Promises()
    {
        var (end, expire, lapse) = (Key("end"), Key("expire"), Key("lapse"));
        return TranslationModelWriter.Write(
            Analyzer,
            1,
            new Dictionary<ulong, double> { [end] = .01, [expire] = .01, [lapse] = .01 },
            new Dictionary<ulong, IReadOnlyList<WordPromise>> { [end] = [new(expire, .5f), new(lapse, .2f), new(end, .9f)] });
    }

    private static ulong Key(string word) => Assert.Single(Analyzer.Asked(word)).Key;

    private sealed class Module : DomainModule, IChunker, IQueryExpander
    {
        public override DomainProfile Profile { get; } = new() { Id = "small", Name = "Small", Description = "For tests." };

        public override void Configure(IDomainBuilder domain) => domain.Use((IChunker)this).Use((IQueryExpander)this);

        public async IAsyncEnumerable<Chunk> ChunkAsync(
            SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var ordinal = 0;
            await foreach (var section in sections.WithCancellation(cancellationToken))
            {
                yield return new Chunk(document.Id, ordinal++, section.Text, section.Path, section.Page, section.Start, section.End);
            }
        }

        public ValueTask<IReadOnlyList<QueryTerm>> ExpandAsync(string question, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<QueryTerm>>(
            question.Contains("rent", StringComparison.Ordinal) ? [new QueryTerm("lease payments", .4)] : []);
    }
}
