namespace Tessera.Host.Jobs;

/// <summary>A job as administrators see it.</summary>
/// <param name="Kind">Ingest, Purge, Reindex, Tidy or Adapt.</param>
/// <param name="DocumentId">The document; null where the job is about the indexes or models of a domain.</param>
/// <param name="Revision">Of the document; 0 without one.</param>
/// <param name="Domain">Whose indexes a Reindex or Tidy is about, whose models an Adapt.</param>
/// <param name="Done">How many of <c>total</c> documents a Reindex is done with, or hundredths an Adapt; null before it began.</param>
/// <param name="State">Queued, Running, Done, Failed or Cancelled.</param>
/// <param name="Reason">Why it failed or was cancelled and the way out.</param>
internal sealed record JobView(
    Guid Id,
    string Kind,
    Guid? DocumentId,
    int Revision,
    string? Domain,
    int? Done,
    int? Total,
    string State,
    int Attempts,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static JobView Of(Job job) => new(
        job.Id,
        job.Kind.ToString(),
        job.Domain is null ? job.DocumentId : null,
        job.Revision,
        job.Domain,
        job.Done,
        job.Total,
        job.State.ToString(),
        job.Attempts,
        job.Reason,
        job.CreatedAt,
        job.FinishedAt);
}
