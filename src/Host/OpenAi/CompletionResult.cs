using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Tessera.Host.Errors;

namespace Tessera.Host.OpenAi;

/// <summary>A completion as one body, or as server-sent chunks that <c>[DONE]</c> ends. A caller who leaves ends the work.</summary>
internal sealed class CompletionResult(CompletionRequest request, CompleteOutcome.Writing writing, DateTimeOffset created) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = new CompletionBody(writing.Name, created, json);
        if (!request.Streams)
        {
            await httpContext.Response.WriteAsJsonAsync(await WholeAsync(body, httpContext.RequestAborted), httpContext.RequestAborted);
            return;
        }

        await using var pieces = writing.Pieces.GetAsyncEnumerator(httpContext.RequestAborted);
        // What fails before the first piece is a reply of its own, with its status.
        var more = await pieces.MoveNextAsync();
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            var calls = 0;
            Write(httpContext, body.First());
            while (more)
            {
                Write(httpContext, body, pieces.Current, calls);
                calls += pieces.Current is CompletionPiece.Call ? 1 : 0;
                var next = pieces.MoveNextAsync();
                if (!next.IsCompleted)
                {
                    // What came together is sent together: a write to the network costs more than a token.
                    await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
                }

                more = await next;
            }

            Write(httpContext, "[DONE]");
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception fault)
        {
            var (code, detail) = Faults.Read(fault);
            if (code.Status >= 500)
            {
                httpContext.RequestServices.GetRequiredService<ILogger<CompletionResult>>().LogError(fault, "A completion failed with {Code}", code.Code);
            }

            Write(httpContext, new JsonObject { ["error"] = Problems.OpenAiError(code, detail) });
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private async Task<JsonObject> WholeAsync(CompletionBody body, CancellationToken cancellationToken)
    {
        var (text, calls) = (new StringBuilder(), new List<FunctionCallContent>());
        await foreach (var piece in writing.Pieces.WithCancellation(cancellationToken))
        {
            switch (piece)
            {
                case CompletionPiece.Text more:
                    text.Append(more.Value);
                    break;
                case CompletionPiece.Call call:
                    calls.Add(call.Content);
                    break;
                case CompletionPiece.End end:
                    return body.Whole(text.ToString(), calls, end);
            }
        }

        throw new InvalidOperationException("The completion has no end.");
    }

    private void Write(HttpContext context, CompletionBody body, CompletionPiece piece, int calls)
    {
        switch (piece)
        {
            case CompletionPiece.Text text:
                Write(context, body.Text(text.Value));
                break;
            case CompletionPiece.Call call:
                Write(context, body.Call(call.Content, calls));
                break;
            case CompletionPiece.End end:
                Write(context, body.Last(end));
                if (request.WantsUsage)
                {
                    Write(context, body.UsageChunk(end));
                }

                break;
        }
    }

    private static void Write(HttpContext context, JsonObject data) => Write(context, data.ToJsonString());

    private static void Write(HttpContext context, string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n", context.Response.BodyWriter);
}
