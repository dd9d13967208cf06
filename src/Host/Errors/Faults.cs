using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Tessera.Host.Data;
using Tessera.Host.Models;
using Tessera.Inference;
using Tessera.Rag;
using Tessera.Rag.Answers.Chat;

namespace Tessera.Host.Errors;

/// <summary>The one place where an exception becomes a problem. Nothing of the exception's text goes out but what we wrote ourselves.</summary>
internal sealed class Faults(ILogger<Faults> logger) : IExceptionHandler
{
    public const string SendLess = "Send less, or ask the administrator for a higher limit. A body of JSON has at most 1 MB.";
    public const string SendAnotherType = "Send application/json, or multipart/form-data where a file is taken.";
    private const int NoSpaceLinux = 28;
    private const int NoSpaceWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (code, detail) = Read(exception);
        if (code.Status >= 500)
        {
            logger.LogError(exception, "A request failed with {Code}", code.Code);
        }

        if (httpContext.Response.HasStarted)
        {
            return false;
        }

        if (((exception as ModelException)?.RetryAfter ?? (exception as ProblemException)?.RetryAfter) is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await Problems.WriteAsync(httpContext, code, detail);
        return true;
    }

    /// <summary>What callers are told; also for streams, whose last event is the problem.</summary>
    public static (ErrorCode Code, string Detail) Read(Exception exception) => exception switch
    {
        ProblemException problem => (problem.Code, problem.Message),
        BadHttpRequestException { StatusCode: 413 } => (ErrorCode.TooLarge, SendLess),
        BadHttpRequestException { StatusCode: 415 } => (ErrorCode.UnsupportedMediaType, SendAnotherType),
        BadHttpRequestException { InnerException: JsonException json } => (ErrorCode.InvalidJson, Where(json)),
        BadHttpRequestException { InnerException: { } inner } when inner is not IOException => Read(inner) is ({ Status: < 500 }, _) known ? known : Invalid,
        BadHttpRequestException => Invalid,
        JsonException json => (ErrorCode.InvalidJson, Where(json)),
        InvalidDataException data when data.Message.Contains("limit", StringComparison.OrdinalIgnoreCase) =>
            (ErrorCode.TooLarge, "A part of the body is larger than this server takes."),
        _ when IsDiskFull(exception) => (ErrorCode.DiskFull, "Nothing was lost. Free some space and send it again."),
        ModelException model => (ModelFaults.CodeOf(model.Fault), model.Message),
        PromptTooLongException prompt => (ErrorCode.PromptTooLong, prompt.Message),
        TransientException => (ErrorCode.Unavailable, "Try again in a moment."),
        _ when DatabaseFaults.IsUnreachable(exception) => (ErrorCode.Unavailable, "The database does not answer. Try again in a moment."),
        _ => (ErrorCode.Internal, "It was logged under the traceId; tell the administrator."),
    };

    public static bool IsDiskFull(Exception? exception) => exception switch
    {
        null => false,
        _ when DatabaseFaults.IsFull(exception) => true,
        IOException io when (io.HResult & 0xFFFF) == NoSpaceLinux && !OperatingSystem.IsWindows() => true,
        IOException { HResult: NoSpaceWindows or HandleDiskFullWindows } => true,
        _ => IsDiskFull(exception.InnerException),
    };

    private static (ErrorCode Code, string Detail) Invalid =>
        (ErrorCode.InvalidRequest, "A field is missing or has a value that is not taken. See /openapi/v1.json.");

    // The path names a member of ours or of the caller's making; the value itself is never repeated.
    private static string Where(JsonException json) => json.LineNumber is { } line
        ? $"The body cannot be read at line {line + 1}, byte {json.BytePositionInLine + 1}: not JSON, a member that is missing or unknown here, or a value of another type."
        : "The body cannot be read: not JSON, a member that is missing or unknown here, or a value of another type.";
}
