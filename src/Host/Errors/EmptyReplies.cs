using Microsoft.AspNetCore.Diagnostics;

namespace Tessera.Host.Errors;

/// <summary>Gives a body to the refusals that the framework sends without one.</summary>
internal static class EmptyReplies
{
    public static Task FillAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var page = !ApiPath.Is(context.Request) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (page && context.Response.StatusCode == 404 && HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint() is null)
        {
            return ShowPageAsync(status);
        }

        var known = page ? null : context.Response.StatusCode switch
        {
            400 => ErrorCode.InvalidRequest,
            401 => ErrorCode.Unauthenticated,
            403 => ErrorCode.Forbidden,
            404 => ErrorCode.NotFound,
            405 => ErrorCode.MethodNotAllowed,
            413 => ErrorCode.TooLarge,
            415 => ErrorCode.UnsupportedMediaType,
            429 => ErrorCode.TooManyRequests,
            503 => ErrorCode.Unavailable,
            _ => null,
        };
        var detail = context.Response.StatusCode switch
        {
            404 => Problems.NothingHere,
            413 => Faults.SendLess,
            415 => Faults.SendAnotherType,
            _ => "See /openapi/v1.json for what is taken here.",
        };
        return known is null ? Task.CompletedTask : Problems.WriteAsync(context, known, detail);
    }

    // No route has this address: the portal says so, under it. In a scope of its own, since a scope has one caller, once.
    private static async Task ShowPageAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var (path, services) = (context.Request.Path, context.RequestServices);
        await using var scope = services.CreateAsyncScope();
        // Without it a component writes no body where the status is 404 already.
        context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = path, OriginalPathBase = context.Request.PathBase });
        try
        {
            (context.Request.Path, context.RequestServices) = ("/not-found", scope.ServiceProvider);
            await status.Next(context);
        }
        finally
        {
            (context.Request.Path, context.RequestServices) = (path, services);
        }
    }
}
