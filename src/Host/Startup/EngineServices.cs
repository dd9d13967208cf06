using Tessera.Rag.Answers;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;

namespace Tessera.Host.Startup;

/// <summary>The engine as the host runs it: Reader processes, chunk stores below the data folder, pipelines.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton(provider => Reader(provider.GetRequiredService<TesseraOptions>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IDocumentReader>(provider => provider.GetRequiredService<ReaderPool>())
        .AddSingleton<IChunkStores>(provider => new SqliteChunkStores(
            provider.GetRequiredService<TesseraOptions>().ChunksFolder, clock: provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IngestionPipeline>()
        .AddSingleton<Retriever>()
        .AddSingleton<EvidenceProbe>()
        .AddSingleton<AnswerPipeline>();

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
