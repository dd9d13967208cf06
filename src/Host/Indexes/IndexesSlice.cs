namespace Tessera.Host.Indexes;

internal static class IndexesSlice
{
    public static IServiceCollection AddIndexes(this IServiceCollection services) => services
        .AddSingleton<IndexStores>()
        .AddSingleton<IndexReconciler>()
        .AddScoped<DomainIndexes>()
        .AddScoped<IndexWriter>()
        .AddScoped<IndexBuild>()
        .AddScoped<ReindexJob>()
        .AddScoped<TidyJob>();
}
