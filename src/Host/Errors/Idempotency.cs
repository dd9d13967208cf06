using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Errors;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> takes effect once a day for a caller and a route: sent again it gets the first
/// reply, with another body 422, while the first still runs 409. Faults are forgotten, so that they can be tried again.
/// </summary>
internal sealed class Idempotency(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int LongestKey = 255;
    private const int InMemory = 64 * 1024;

    public async Task InvokeAsync(HttpContext context, CurrentTenant tenant, TesseraOptions options)
    {
        var keys = context.Request.Headers[Header];
        if (keys.Count == 0 || !tenant.IsSet || context.GetEndpoint()?.Metadata.GetMetadata<IdempotentRoute>() is null)
        {
            await next(context);
            return;
        }

        if (keys.Count > 1 || keys[0] is not { Length: > 0 and <= LongestKey } key || key.Any(letter => letter is < '!' or > '~'))
        {
            await Problems.WriteAsync(context, ErrorCode.InvalidRequest, $"{Header} is one value of 1 to {LongestKey} visible ASCII characters.");
            return;
        }

        context.Request.EnableBuffering(InMemory, options.UploadLimit + InMemory);
        var body = await BodyHash.OfAsync(context.Request, context.RequestAborted);
        context.Request.Body.Position = 0;

        var replies = context.RequestServices.GetRequiredService<IdempotentReplies>();
        switch (await replies.ClaimAsync($"{context.Request.Method} {context.Request.Path}", key, body, context.RequestAborted))
        {
            case ReplyClaim.First first:
                await RunAsync(context, replies, first.Reply);
                break;
            case ReplyClaim.Again again:
                await ReplayAsync(context, again);
                break;
            case ReplyClaim.Running:
                context.Response.Headers.RetryAfter = "1";
                await Problems.WriteAsync(context, ErrorCode.IdempotencyRunning, "Ask again in a moment for its reply.");
                break;
            default:
                await Problems.WriteAsync(context, ErrorCode.IdempotencyMismatch, "Take a new key for a new request.");
                break;
        }
    }

    private async Task RunAsync(HttpContext context, IdempotentReplies replies, IdempotentReply reply)
    {
        var response = context.Response;
        var outer = response.Body;
        using var inner = new MemoryStream();
        response.Body = inner;
        var done = false;
        try
        {
            await next(context);
            done = response.StatusCode is < 500 and not (408 or 413 or 429);
        }
        finally
        {
            response.Body = outer;
            // The effect stands or does not, whether or not the caller still listens: so is the record of it.
            if (done)
            {
                await replies.KeepAsync(reply, response.StatusCode, response.ContentType, response.Headers.Location, inner.ToArray());
            }
            else
            {
                await replies.ForgetAsync(reply);
            }
        }

        inner.Position = 0;
        await inner.CopyToAsync(outer, context.RequestAborted);
    }

    private static async Task ReplayAsync(HttpContext context, ReplyClaim.Again again)
    {
        var response = context.Response;
        response.StatusCode = again.StatusCode;
        response.ContentType = again.ContentType;
        response.Headers[ReplayedHeader] = "true";
        if (again.Location is not null)
        {
            response.Headers.Location = again.Location;
        }

        await response.Body.WriteAsync(again.Body, context.RequestAborted);
    }
}
