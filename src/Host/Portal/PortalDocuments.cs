using Mediator;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>What the Documents page does.</summary>
internal static class PortalDocuments
{
    private const int PageSize = 100;

    /// <summary>Some of a domain's documents, newest first, behind the given key.</summary>
    public static async Task<Page<DocumentView>> DocumentsAsync(
        this PortalSession session, string domain, string? cursor, CancellationToken cancellationToken) =>
        await session.SendAsync(
            new ListDocuments(domain, new PageQuery(PageSize, cursor)), cancellationToken)
        ?? new Page<DocumentView>([], null);

    /// <summary>Takes a file in.</summary>
    /// <exception cref="ProblemException">It was not taken; the message says why.</exception>
    public static Task UploadAsync(
        this PortalSession session, string domain, string name, string? folder, Stream content, CancellationToken cancellationToken) =>
        session.WorkAsync(
            async (services, token) =>
            {
                var limit = services.GetRequiredService<TesseraOptions>().UploadLimit;
                using var blob = await services.GetRequiredService<BlobStore>().StageAsync(content, limit, token)
                    ?? throw new ProblemException(ErrorCode.TooLarge, $"The file is larger than {limit / 1048576} MB. Split it and upload its parts.");
                var outcome = await services.GetRequiredService<IMediator>().Send(
                    new UploadDocument(domain, name, blob, new SentFields { Folder = folder }), token);
                return outcome switch
                {
                    UploadOutcome.UnknownDomain => throw new ProblemException(ErrorCode.UnknownDomain, "This domain is not enabled any more."),
                    UploadOutcome.Empty => throw new ProblemException(ErrorCode.InvalidRequest, "The file is empty. Choose one that holds something."),
                    UploadOutcome.Invalid invalid => throw new ProblemException(ErrorCode.InvalidRequest, invalid.Problem),
                    _ => true,
                };
            },
            cancellationToken);

    /// <summary>All that searches see of a document.</summary>
    public static async Task<IReadOnlyList<ChunkView>> ChunksAsync(this PortalSession session, Guid document)
    {
        var chunks = new List<ChunkView>();
        for (string? cursor = null; ;)
        {
            var page = await session.SendAsync(new ReadChunks(document, new PageQuery(200, cursor)));
            chunks.AddRange(page?.Items ?? []);
            if (page?.NextCursor is not { } next || chunks.Count >= 2000)
            {
                return chunks;
            }

            cursor = next;
        }
    }
}
