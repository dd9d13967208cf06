using Tessera.Host.Identity;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// Who asked a moment ago with the same key waits here, before anything is made for the question: a thousand that wait, each with rows and services of its own,
/// were kept in memory and slowed everybody's. What the key allows is found out afterwards, as for all others; who lost it waited in vain.
/// </summary>
internal sealed class QuestionDoor(RequestDelegate next, KnownCallers known)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<QuestionRoute>() is not null
            && KeyAuthentication.PresentedBy(context.Request) is { } key
            && known.Find(key) is { } tenant)
        {
            // Sent slowly, it would hold the turn. Kestrel limits it; what it claims to have is not believed.
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            body.Position = 0;
            context.Request.Body = body;
            await context.RequestServices.GetRequiredService<QuestionPlace>().BeginAsync(tenant, context.RequestAborted);
        }

        await next(context);
    }
}
