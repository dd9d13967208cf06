using Mediator;
using Microsoft.AspNetCore.Mvc;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Plugins;

/// <summary><c>/api/v1/admin/plugins</c>.</summary>
internal static class PluginRoutes
{
    private const string Route = "/api/v1/admin/plugins";
    private const int FormOverhead = 64 * 1024;

    public static void MapPluginRoutes(this IEndpointRouteBuilder routes)
    {
        var plugins = routes.MapGroup(Route).WithTags("Plugins");
        plugins.MapGet("", ListAsync).RequireRight(Right.ManagePlatform).Produces<Page<PluginView>>();
        plugins.MapGet("/{id}", FindAsync).RequireRight(Right.ManagePlatform).Produces<PluginView>();
        plugins.MapPost("", InstallAsync).RequireRight(Right.ManagePlatform).DisableAntiforgery().Idempotent()
            .Produces<PluginView>(StatusCodes.Status201Created)
            .WithMetadata(new RequestSizeLimitAttribute(PackageArchive.LargestArchive + FormOverhead));
        plugins.MapDelete("/{id}", RemoveAsync).RequireRight(Right.ManagePlatform).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Json(new Page<PluginView>(await mediator.Send(new ListPlugins(), cancellationToken), null));

    private static async Task<IResult> FindAsync(string id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ListPlugins(), cancellationToken)).FirstOrDefault(plugin => plugin.Id == id) is { } found
            ? Results.Json(found)
            : NotInstalled();

    private static async Task<IResult> InstallAsync(IFormFile file, IMediator mediator, CancellationToken cancellationToken)
    {
        if (file.Length > PackageArchive.LargestArchive)
        {
            return Problems.Of(ErrorCode.TooLarge, $"A package has at most {PackageArchive.LargestArchive >> 20} MB.");
        }

        var package = new byte[file.Length];
        await using (var content = file.OpenReadStream())
        {
            await content.ReadExactlyAsync(package, cancellationToken);
        }

        return await mediator.Send(new InstallPlugin(package), cancellationToken) switch
        {
            PluginOutcome.Active active => Results.Created($"{Route}/{active.Plugin.Id}", active.Plugin),
            PluginOutcome.Refused refused => Problems.Of(ErrorCode.PackageRefused, $"{refused.Refusal.Reason} ({refused.Refusal.Code})"),
            _ => throw new InvalidOperationException("An installation ends active or refused."),
        };
    }

    private static async Task<IResult> RemoveAsync(string id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new RemovePlugin(id), cancellationToken) switch
        {
            RemovalOutcome.Removed => Results.NoContent(),
            RemovalOutcome.CameWithHost => Problems.Of(
                ErrorCode.Conflict, "It came with the host and would be back at the next start. Switch it off for a tenant: PUT /api/v1/admin/tenants/{id}/domains/{domain}."),
            _ => NotInstalled(),
        };

    private static IResult NotInstalled() => Problems.Of(ErrorCode.NotFound, "No package of this id is installed.");
}
