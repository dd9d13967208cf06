using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Tessera.Host.Errors;

namespace Tessera.Host.Answers;

/// <summary>
/// An answer as server-sent events: <c>sources</c>, <c>delta</c>, <c>sentence</c>, then exactly one of <c>completed</c>,
/// <c>refused</c> and <c>error</c>; a comment line where nothing else was sent for 15 seconds. A caller who leaves ends the work.
/// </summary>
internal sealed class AnswerStream(IAsyncEnumerable<AnswerStep> steps) : IResult
{
    public const string ContentType = "text/event-stream";
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        try
        {
            await SendAsync(httpContext, leaving);
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
                httpContext.RequestServices.GetRequiredService<ILogger<AnswerStream>>().LogError(fault, "An answer failed with {Code}", code.Code);
            }

            await WriteAsync(httpContext, "error", Problems.Details(code, detail, httpContext));
        }
    }

    private async Task SendAsync(HttpContext context, CancellationTokenSource leaving)
    {
        await using var reading = steps.GetAsyncEnumerator(leaving.Token);
        var next = reading.MoveNextAsync().AsTask();
        try
        {
            while (await NextAsync(context, next))
            {
                var step = reading.Current;
                await SendAsync(context, step);
                if (step is AnswerStep.Completed or AnswerStep.Refused)
                {
                    return;
                }

                next = reading.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A reader that is at work cannot be disposed of: where writing failed, it is told to stop first.
            await leaving.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        throw new InvalidOperationException("The answer has no end.");
    }

    private static async Task<bool> NextAsync(HttpContext context, Task<bool> next)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        while (true)
        {
            try
            {
                return await next.WaitAsync(Beat, time);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                await context.Response.WriteAsync(":\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }

    private static Task SendAsync(HttpContext context, AnswerStep step) => step switch
    {
        AnswerStep.Sources => WriteAsync(context, "sources", step),
        AnswerStep.Delta => WriteAsync(context, "delta", step),
        AnswerStep.Sentence => WriteAsync(context, "sentence", step),
        AnswerStep.Completed completed => WriteAsync(context, "completed", completed.Answer),
        AnswerStep.Refused refused => WriteAsync(context, "refused", refused.Answer),
        _ => throw new InvalidOperationException($"{step.GetType().Name} has no event."),
    };

    // JSON as it is written here has no line breaks, which would end the data line.
    private static async Task WriteAsync(HttpContext context, string name, object data)
    {
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await context.Response.WriteAsync(
            $"event: {name}\ndata: {JsonSerializer.Serialize(data, data.GetType(), json)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
