using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>Jobs over HTTP. A document that failed is retried by its own route.</summary>
internal static class JobRoutes
{
    public static void MapJobRoutes(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/admin/jobs").WithTags("Jobs");
        jobs.MapGet("", ListAsync).RequireRight(Right.ManageTenant).Produces<Page<JobView>>();
        jobs.MapGet("/{id:guid}", GetAsync).RequireRight(Right.ManageTenant).Produces<JobView>();
        jobs.MapPatch("/{id:guid}", ChangeAsync).RequireRight(Right.ManageTenant).Produces<JobView>();
        jobs.MapDelete("/{id:guid}", CancelAsync).RequireRight(Right.ManageTenant).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new ListJobs(page), cancellationToken));

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetJob(id), cancellationToken) is { } job ? Results.Ok(job) : Problems.NotFound();

    private static async Task<IResult> ChangeAsync(Guid id, JobChange change, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new ChangeJob(id, change.Paused, change.Priority), cancellationToken)).Reply(Results.Ok);

    private static async Task<IResult> CancelAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new CancelJob(id), cancellationToken)).Reply(_ => Results.NoContent());
}

/// <summary>What may be changed of a job; what is left out stays.</summary>
/// <param name="Paused">Whether workers leave it alone.</param>
/// <param name="Priority">first, normal or last.</param>
internal sealed record JobChange(bool? Paused = null, string? Priority = null);
