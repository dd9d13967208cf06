using Mediator;
using Microsoft.AspNetCore.Mvc;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Documents;

/// <summary>Documents over HTTP.</summary>
internal static class DocumentRoutes
{
    public static void MapDocumentRoutes(this IEndpointRouteBuilder routes)
    {
        var limit = routes.ServiceProvider.GetRequiredService<TesseraOptions>().UploadLimit;
        var domain = routes.MapGroup("/api/v1/domains/{domain}/documents").WithTags("Documents");
        domain.MapPost("", UploadAsync).RequireRight(Right.WriteDocuments).Idempotent()
            .WithMetadata(new RequestSizeLimitAttribute(limit + UploadForm.Overhead))
            .Accepts<IFormFile>("multipart/form-data")
            .Produces<DocumentTicket>(StatusCodes.Status202Accepted).Produces<DocumentTicket>();
        domain.MapGet("", ListAsync).RequireRight(Right.ReadDocuments).Produces<Page<DocumentView>>();

        var document = routes.MapGroup("/api/v1/documents/{id:guid}").WithTags("Documents");
        document.MapGet("", GetAsync).RequireRight(Right.ReadDocuments).Produces<DocumentView>();
        document.MapDelete("", DeleteAsync).RequireRight(Right.WriteDocuments).Produces(StatusCodes.Status204NoContent);
        document.MapGet("/content", ContentAsync).RequireRight(Right.ReadDocuments);
        document.MapGet("/chunks", ChunksAsync).RequireRight(Right.ReadDocuments).Produces<Page<ChunkView>>();
        document.MapPost("/retry", RetryAsync).RequireRight(Right.WriteDocuments).Idempotent()
            .Produces<DocumentTicket>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> UploadAsync(
        string domain, HttpRequest request, IMediator mediator, EnabledDomains domains, CurrentTenant tenant, BlobStore blobs, TesseraOptions options, CancellationToken cancellationToken)
    {
        // Before the body: nobody sends 100 MB to be told that the address was wrong.
        if (await domains.FindAsync(tenant.Id, domain, cancellationToken) is null)
        {
            return Problems.UnknownDomain();
        }

        using var form = await UploadForm.ReadAsync(request, blobs, options.UploadLimit, cancellationToken);
        return await mediator.Send(new UploadDocument(domain, form.Name, form.File!, form.Fields), cancellationToken) switch
        {
            UploadOutcome.Accepted accepted => Accepted(accepted.Document),
            UploadOutcome.Unchanged unchanged => Results.Ok(DocumentTicket.Of(unchanged.Document)),
            UploadOutcome.Empty => Problems.Of(ErrorCode.InvalidRequest, "The file is empty. Choose one that holds something."),
            UploadOutcome.Invalid invalid => Problems.Of(ErrorCode.InvalidRequest, invalid.Problem),
            _ => Problems.UnknownDomain(),
        };
    }

    private static async Task<IResult> ListAsync(
        string domain, [AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ListDocuments(domain, page), cancellationToken) is { } found ? Results.Ok(found) : Problems.UnknownDomain();

    private static async Task<IResult> GetAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new GetDocument(id), cancellationToken) is { } document ? Results.Ok(document) : Problems.NotFound();

    private static async Task<IResult> DeleteAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new DeleteDocument(id), cancellationToken) ? Results.NoContent() : Problems.NotFound();

    private static async Task<IResult> ContentAsync(Guid id, string? format, IMediator mediator, CancellationToken cancellationToken)
    {
        if (format is not (null or "text"))
        {
            return Problems.Of(ErrorCode.InvalidRequest, "format is text, or left out for the bytes as uploaded.");
        }

        return await mediator.Send(new OpenContent(id, format is not null), cancellationToken) switch
        {
            ContentOutcome.Opened opened when format is null => Results.File(
                opened.Stream, "application/octet-stream", opened.Name, enableRangeProcessing: true),
            ContentOutcome.Opened opened => Results.File(opened.Stream, "text/plain; charset=utf-8", enableRangeProcessing: true),
            ContentOutcome.NoText none => Problems.Of(
                ErrorCode.Conflict, $"There is no text: the document's status is {none.Document.Status}. {none.Document.Reason}".TrimEnd()),
            _ => Problems.NotFound(),
        };
    }

    private static async Task<IResult> ChunksAsync(
        Guid id, [AsParameters] PageQuery page, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ReadChunks(id, page), cancellationToken) is { } chunks ? Results.Ok(chunks) : Problems.NotFound();

    private static async Task<IResult> RetryAsync(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new RetryDocument(id), cancellationToken) is { } document ? Accepted(document) : Problems.NotFound();

    private static IResult Accepted(DocumentView document) =>
        Results.Accepted($"/api/v1/documents/{document.Id:D}", DocumentTicket.Of(document));
}
