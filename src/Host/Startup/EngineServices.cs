using Tessera.Rag.Answers;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Rag.Retrieval.Stores.Postgres;
using Tessera.Rag.Retrieval.Stores.Qdrant;

namespace Tessera.Host.Startup;

/// <summary>The engine as the host runs it: Reader processes, chunk stores, pipelines.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton(provider => Reader(provider.GetRequiredService<TesseraOptions>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IDocumentReader>(provider => provider.GetRequiredService<ReaderPool>())
        .AddSingleton(provider => Chunks(provider.GetRequiredService<TesseraOptions>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IngestionPipeline>()
        .AddSingleton<Retriever>()
        .AddSingleton<EvidenceProbe>()
        .AddSingleton<AnswerPipeline>();

    private static IChunkStores Chunks(TesseraOptions options, TimeProvider time) => options.Chunks switch
    {
        ChunkStoreKind.Pgvector => new PostgresChunkStores(options.Postgres!, Memory(options), time),
        ChunkStoreKind.Qdrant => new QdrantChunkStores(new QdrantOptions(new Uri(options.QdrantUrl!)) { ApiKey = options.QdrantKey }, Memory(options), time),
        _ => new SqliteChunkStores(options.ChunksFolder, Memory(options), time),
    };

    private static ChunkStoresOptions Memory(TesseraOptions options) => new() { IndexBudget = options.IndexMemory };

    private static ReaderPool Reader(TesseraOptions options, TimeProvider time) => new(
        new ReaderOptions
        {
            Assembly = options.ReaderPath,
            ScratchFolder = Path.Combine(options.ScratchFolder, "reader"),
            Workers = options.Workers,
            MaximumBytes = options.UploadLimit,
        },
        time);
}
