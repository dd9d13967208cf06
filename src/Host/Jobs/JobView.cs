namespace Tessera.Host.Jobs;

/// <summary>A job as administrators see it.</summary>
/// <param name="Kind">Ingest or Purge.</param>
/// <param name="State">Queued, Running, Done or Failed.</param>
/// <param name="Reason">Why it failed and the way out.</param>
internal sealed record JobView(
    Guid Id,
    string Kind,
    Guid DocumentId,
    int Revision,
    string State,
    int Attempts,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static JobView Of(Job job) => new(
        job.Id,
        job.Kind.ToString(),
        job.DocumentId,
        job.Revision,
        job.State.ToString(),
        job.Attempts,
        job.Reason,
        job.CreatedAt,
        job.FinishedAt);
}
