namespace Tessera.Host.Documents;

internal static class DocumentsSlice
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<BlobStore>()
        .AddScoped<DocumentDoor>()
        .AddScoped<DocumentChunks>()
        .AddScoped<LeftOvers>();

    public static IEndpointRouteBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapDocumentRoutes();
        return routes;
    }
}
