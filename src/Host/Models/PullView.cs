namespace Tessera.Host.Models;

/// <summary>A file on its way from the hub.</summary>
/// <param name="Reference">As it was asked for.</param>
/// <param name="State">Asking, Receiving, Checking; at the end Done, Failed or Stopped.</param>
/// <param name="Received">Bytes that lie here.</param>
/// <param name="Bytes">Of the whole file; null: the hub was not heard yet.</param>
/// <param name="Model">Name of the model that it became.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record PullView(Guid Id, string Reference, string State, long Received, long? Bytes, string? Model, string? Reason, DateTimeOffset StartedAt)
{
    internal static PullView Of(ModelPull pull)
    {
        var progress = pull.Progress;
        return new PullView(
            pull.Id, pull.Reference, progress.State.ToString(), pull.Received, progress.Bytes, progress.Model, progress.Reason, pull.StartedAt);
    }
}
