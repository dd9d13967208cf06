namespace Tessera.Host.Errors;

/// <summary>Addresses that programs call: they get problem+json, never a page or a redirect.</summary>
internal static class ApiPath
{
    private static readonly PathString[] Roots = ["/api", "/v1", "/openapi", "/health", "/metrics", "/mcp"];

    public static bool Is(HttpRequest request) => Array.Exists(Roots, root => request.Path.StartsWithSegments(root));
}
