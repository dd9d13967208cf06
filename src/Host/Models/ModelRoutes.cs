using Mediator;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Models;

/// <summary><c>/api/v1/admin/models</c>. Adding takes no idempotency key: a file that is here already is answered as such.</summary>
internal static class ModelRoutes
{
    public const string Root = "/api/v1/admin/models";
    private const long LargestJson = 64 * 1024;

    public static void MapModelRoutes(this IEndpointRouteBuilder routes)
    {
        var limit = routes.ServiceProvider.GetRequiredService<TesseraOptions>().ModelLimit;
        var models = routes.MapGroup(Root).WithTags("Models");
        models.MapGet("", ListAsync).RequireRight(Right.ManagePlatform).Produces<Page<ModelView>>();
        models.MapGet("/{name}", FindAsync).RequireRight(Right.ManagePlatform).Produces<ModelView>();
        models.MapPost("", AddAsync).RequireRight(Right.ManagePlatform)
            .WithMetadata(new RequestSizeLimitAttribute(limit + ModelForm.Overhead))
            .Accepts<PullBody>("application/json", "multipart/form-data")
            .Produces<ModelView>(StatusCodes.Status201Created).Produces<ModelView>().Produces<PullView>(StatusCodes.Status202Accepted);
        models.MapPatch("/{name}", ChangeAsync).RequireRight(Right.ManagePlatform).Produces<ModelView>();
        models.MapDelete("/{name}", RemoveAsync).RequireRight(Right.ManagePlatform).Produces(StatusCodes.Status204NoContent);
        models.MapPost("/{name}/check", CheckAsync).RequireRight(Right.ManagePlatform).Produces<ModelView>();
        models.MapGet("/suggestions", SuggestAsync).RequireRight(Right.ManagePlatform).Produces<Page<SuggestionView>>();
        models.MapGet("/pulls", PullsAsync).RequireRight(Right.ManagePlatform).Produces<Page<PullView>>();
        models.MapGet("/pulls/{id:guid}", PullAsync).RequireRight(Right.ManagePlatform).Produces<PullView>();
        models.MapDelete("/pulls/{id:guid}", StopAsync).RequireRight(Right.ManagePlatform).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(new Page<ModelView>(await mediator.Send(new ListModels(), cancellationToken), null));

    private static async Task<IResult> FindAsync(string name, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListModels(), cancellationToken)).FirstOrDefault(model => ModelName.Key(model.Name) == ModelName.Key(name)) is { } found
            ? Results.Ok(found)
            : Problems.NotFound();

    private static async Task<IResult> AddAsync(
        HttpRequest request, ModelFiles files, TesseraOptions options, IMediator mediator, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType())
        {
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = LargestJson;
            }

            var body = await request.ReadFromJsonAsync<PullBody>(cancellationToken)
                ?? throw new ProblemException(ErrorCode.InvalidRequest, "Name the model to pull.");
            return (await mediator.Send(new PullModel(body.Pull, body.Name, body.Role), cancellationToken))
                .Reply(pull => Results.Accepted($"{Root}/pulls/{pull.Id:D}", pull));
        }

        using var form = await ModelForm.ReadAsync(request, files, options.ModelLimit, cancellationToken);
        return (await mediator.Send(new AddModel(form.File!, form.FileName, form.Name, form.Role), cancellationToken)).Reply(
            added => added.IsNew ? Results.Created($"{Root}/{added.Model.Name}", added.Model) : Results.Ok(added.Model));
    }

    private static async Task<IResult> ChangeAsync(string name, ChangeBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ChangeModel(name, body.Name, body.IsDefault), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> RemoveAsync(string name, IMediator mediator, CancellationToken cancellationToken, bool force = false) =>
        (await mediator.Send(new RemoveModel(name, force), cancellationToken)).Reply(_ => Results.NoContent());

    private static async Task<IResult> CheckAsync(string name, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CheckModel(name), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> SuggestAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(new Page<SuggestionView>(await mediator.Send(new ListSuggestions(), cancellationToken), null));

    private static async Task<IResult> PullsAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(new Page<PullView>(await mediator.Send(new ListPulls(), cancellationToken), null));

    private static async Task<IResult> PullAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListPulls(), cancellationToken)).FirstOrDefault(pull => pull.Id == id) is { } found ? Results.Ok(found) : Problems.NotFound();

    private static async Task<IResult> StopAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new StopPull(id), cancellationToken) ? Results.NoContent() : Problems.NotFound();

    /// <summary>Fetches a model from the hub in the background. A file of one's own is sent as multipart/form-data: file, name?, role?.</summary>
    /// <param name="Pull">owner/name:file, or the name of a suggestion.</param>
    /// <param name="Name">What it shall be called; left out: as the suggestion or the file.</param>
    /// <param name="Role">chat, embedding or reranker; left out: what the file says.</param>
    internal sealed record PullBody(string Pull, string? Name = null, string? Role = null);

    /// <param name="Name">Another name; settings follow.</param>
    /// <param name="IsDefault">True: used for its role where neither a tenant nor a domain names another.</param>
    internal sealed record ChangeBody(string? Name = null, bool? IsDefault = null);
}
