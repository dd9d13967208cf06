using Scalar.AspNetCore;

namespace Tessera.Host.Startup;

/// <summary>
/// The API's description and its reader. Anybody may see them: they are the same on every machine, and generators of
/// clients have no key.
/// </summary>
internal static class ReferenceRoutes
{
    public static IServiceCollection AddReference(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapScalarApiReference("/scalar", options => options
            .WithTitle("Tessera").WithNonce().DisableDefaultFonts().DisableTelemetry().DisableAgent()).AllowAnonymous();
    }
}
