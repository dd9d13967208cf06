using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Jobs;

/// <summary>Jobs over HTTP: to look at. They come and go with their documents.</summary>
internal static class JobRoutes
{
    public static void MapJobRoutes(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/admin/jobs").WithTags("Jobs");
        jobs.MapGet("", ListAsync).RequireRight(Right.ManageTenant).Produces<Page<JobView>>();
        jobs.MapGet("/{id:guid}", GetAsync).RequireRight(Right.ManageTenant).Produces<JobView>();
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new ListJobs(page), cancellationToken));

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetJob(id), cancellationToken) is { } job ? Results.Ok(job) : Problems.NotFound();
}
