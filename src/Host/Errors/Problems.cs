using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace Tessera.Host.Errors;

/// <summary>Makes problem+json (RFC 9457) with a stable <c>code</c> and the request's <c>traceId</c>.</summary>
internal static class Problems
{
    /// <summary>The reply of an endpoint.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="detail">One or two sentences: what is wrong and the way out. Never user text.</param>
    public static IResult Of(ErrorCode code, string detail) => new ProblemResult(code, detail);

    public const string NothingHere = "Nothing with this address or id is here.";

    /// <summary>An id that is unknown, foreign or not an id: all look the same.</summary>
    public static IResult NotFound() => Of(ErrorCode.NotFound, NothingHere);

    public const string UnknownDomainText = "No domain of this name is enabled for your tenant. GET /api/v1/domains lists those that are.";

    public static IResult UnknownDomain() => Of(ErrorCode.UnknownDomain, UnknownDomainText);

    /// <summary>The body, for replies that are not a response of their own, as an event of a stream.</summary>
    public static ProblemDetails Details(ErrorCode code, string detail, HttpContext context)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:tessera:error:{code.Code}",
            Title = code.Title,
            Status = code.Status,
            Detail = detail,
        };
        problem.Extensions["code"] = code.Code;
        if (context.Request.Path.StartsWithSegments("/v1"))
        {
            problem.Extensions["error"] = OpenAiError(code, detail);
        }

        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        return problem;
    }

    /// <summary>The same as clients of OpenAI read it.</summary>
    public static JsonObject OpenAiError(ErrorCode code, string detail) => new()
    {
        ["message"] = detail, ["type"] = code.Status == 429 ? "rate_limit_error" : code.Status < 500 ? "invalid_request_error" : "server_error", ["param"] = null, ["code"] = code.Code,
    };

    /// <summary>Writes the problem as the response, which must not have started.</summary>
    public static Task WriteAsync(HttpContext context, ErrorCode code, string detail)
    {
        context.Response.StatusCode = code.Status;
        return context.Response.WriteAsJsonAsync(
            Details(code, detail, context), options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    private sealed class ProblemResult(ErrorCode code, string detail) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => code.Status;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, code, detail);
    }
}
