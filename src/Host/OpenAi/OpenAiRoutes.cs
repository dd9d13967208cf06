using System.Text.Json;
using Mediator;
using Tessera.Host.Answers.Load;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.OpenAi;

/// <summary>Domains and installed models for clients that speak to OpenAI. What a request holds beyond what is known here is passed over, as there.</summary>
internal static class OpenAiRoutes
{
    private const string EventStream = "text/event-stream";

    public static void MapOpenAiRoutes(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1").WithTags("OpenAI-compatible");
        v1.MapPost("/chat/completions", CompleteAsync).RequireRight(Right.Converse).TakesPlace().Produces<JsonElement>(StatusCodes.Status200OK, "application/json", EventStream);
        v1.MapPost("/embeddings", EmbedAsync).RequireRight(Right.UseModels).Produces<EmbeddingsView>();
        v1.MapGet("/models", ListAsync).RequireRight(Right.Converse).Produces<ModelsView>();
        v1.MapGet("/models/{model}", GetAsync).RequireRight(Right.Converse).Produces<NamedModelView>();
    }

    private static async Task<IResult> CompleteAsync(JsonElement body, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var request = CompletionRequest.Read(body);
        return await mediator.Send(new CompleteChat(request), cancellationToken) is CompleteOutcome.Writing writing
            ? new CompletionResult(request, writing, clock.GetUtcNow())
            : UnknownModel();
    }

    private static async Task<IResult> EmbedAsync(JsonElement body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(EmbedTexts.Read(body), cancellationToken) is { } embeddings ? Results.Ok(embeddings) : UnknownModel();

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(new ModelsView("list", await mediator.Send(new ListNamedModels(), cancellationToken)));

    private static async Task<IResult> GetAsync(string model, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListNamedModels(), cancellationToken)).FirstOrDefault(known => known.Id == model) is { } found ? Results.Ok(found) : UnknownModel();

    private static IResult UnknownModel() => Problems.Of(ErrorCode.UnknownModel, "No domain or model of this name is here for you. GET /v1/models lists those that are.");

    internal sealed record ModelsView(string Object, IReadOnlyList<NamedModelView> Data);
}
