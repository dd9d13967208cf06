namespace Tessera.Host.Jobs;

/// <summary>A job as administrators see it.</summary>
/// <param name="Kind">Ingest, Purge, Reindex, Tidy or Adapt.</param>
/// <param name="DocumentId">The document; null where the job is about the indexes or models of a domain.</param>
/// <param name="Revision">Of the document; 0 without one.</param>
/// <param name="Domain">Whose indexes a Reindex or Tidy is about, whose models an Adapt.</param>
/// <param name="Done">How many of <c>total</c> documents a Reindex is done with, or hundredths an Adapt; null before it began.</param>
/// <param name="State">Queued, Running, Paused, Done, Failed or Cancelled.</param>
/// <param name="Reason">Why it failed or was cancelled and the way out.</param>
/// <param name="Priority">first, normal or last; null where it is over.</param>
/// <param name="NextAttemptAt">When a worker may take it; null while one has it, while it is paused and when it is over.</param>
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
    DateTimeOffset? FinishedAt,
    string? Priority,
    DateTimeOffset? NextAttemptAt)
{
    /// <param name="job">The job.</param>
    /// <param name="work">Its row among what is to be done; null where it is over.</param>
    public static JobView Of(Job job, WorkItem? work) => new(
        job.Id,
        job.Kind.ToString(),
        job.Domain is null ? job.DocumentId : null,
        job.Revision,
        job.Domain,
        job.Done,
        job.Total,
        work is { Paused: true } ? "Paused" : job.State.ToString(),
        job.Attempts,
        job.Reason,
        job.CreatedAt,
        job.FinishedAt,
        work is null ? null : JobPriority.NameOf(work.Priority),
        work is { Paused: false, LeaseUntil: null } ? work.DueAt : null);
}
