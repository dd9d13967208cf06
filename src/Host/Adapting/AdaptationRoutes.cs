using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Startup;

namespace Tessera.Host.Adapting;

/// <summary>Adapting a domain's models over HTTP. What runs is cancelled as its job.</summary>
internal static class AdaptationRoutes
{
    public static void MapAdaptationRoutes(this IEndpointRouteBuilder routes)
    {
        var adaptation = routes.MapGroup("/api/v1/domains/{domain}/adaptation").WithTags("Adaptation");
        adaptation.MapGet("", GetAsync).RequireRight(Right.ManageTenant).Produces<AdaptationView>();
        adaptation.MapPost("", StartAsync).RequireRight(Right.ManageTenant).Idempotent().Produces<AdaptationRunView>(StatusCodes.Status202Accepted);
        adaptation.MapDelete("", UndoAsync).RequireRight(Right.ManageTenant).Produces(StatusCodes.Status204NoContent);
        adaptation.MapGet("/questions", ListAsync).RequireRight(Right.ManageTenant).Produces<Page<OwnQuestionView>>();
        adaptation.MapPost("/questions", AddAsync).RequireRight(Right.ManageTenant).Idempotent().Produces<OwnQuestionView>(StatusCodes.Status201Created);
        adaptation.MapDelete("/questions/{id:guid}", DeleteAsync).RequireRight(Right.ManageTenant).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> GetAsync(string domain, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetAdaptation(domain), cancellationToken) is { } view ? Results.Ok(view) : Problems.UnknownDomain();

    private static async Task<IResult> StartAsync(string domain, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new StartAdaptation(domain), cancellationToken)).Reply(run => Results.Accepted($"/api/v1/admin/jobs/{run.JobId:D}", run));

    private static async Task<IResult> UndoAsync(string domain, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new UndoAdaptation(domain), cancellationToken)).Reply(_ => Results.NoContent());

    private static async Task<IResult> ListAsync(string domain, [AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ListOwnQuestions(domain, page), cancellationToken) is { } found ? Results.Ok(found) : Problems.UnknownDomain();

    private static async Task<IResult> AddAsync(string domain, QuestionBody body, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new AddOwnQuestion(domain, body.Question, body.DocumentId, body.Start, body.End), cancellationToken)).Reply(
            question => Results.Created($"/api/v1/domains/{Uri.EscapeDataString(domain)}/adaptation/questions/{question.Id:D}", question));

    private static async Task<IResult> DeleteAsync(string domain, Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new DeleteOwnQuestion(domain, id), cancellationToken)).Reply(_ => Results.NoContent());

    /// <param name="Question">As a person asks it.</param>
    /// <param name="DocumentId">The document that answers it.</param>
    /// <param name="Start">Where the answer begins in the document's text; leave it and <c>end</c> out where all of the document answers.</param>
    /// <param name="End">Just behind its end.</param>
    internal sealed record QuestionBody(string Question, Guid DocumentId, int? Start = null, int? End = null);
}
