namespace Tessera.Host.Documents;

internal static class DocumentsSlice
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapDocuments(this IEndpointRouteBuilder routes) => routes;
}
