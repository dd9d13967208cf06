using Tessera.Host.Identity;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// Who asked a moment ago with the same key waits here, before anything is made for the question: a thousand that wait, each with rows and services of its own,
/// were kept in memory and slowed everybody's. What the key allows is found out afterwards, as for all others; who lost it waited in vain.
/// </summary>
internal sealed class QuestionDoor(RequestDelegate next, KnownCallers known)
{
    private const int Small = 16 * 1024;
    private const int LargestBody = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<QuestionRoute>() is not null
            && KeyAuthentication.PresentedBy(context.Request) is { } key
            && known.Find(key) is { } tenant)
        {
            await ReadBodyAsync(context.Request, context.RequestAborted);
            await context.RequestServices.GetRequiredService<QuestionPlace>().BeginAsync(tenant, context.RequestAborted);
        }

        await next(context);
    }

    // Sent slowly, it would hold the turn.
    private static async Task ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length and <= Small)
        {
            var body = new MemoryStream((int)length);
            await request.Body.CopyToAsync(body, cancellationToken);
            request.Body = body;
        }
        else
        {
            request.EnableBuffering(Small, LargestBody);
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
        }

        request.Body.Position = 0;
    }
}
