using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>Where models are pulled from. Safe for concurrent use.</summary>
internal interface IModelHub
{
    /// <summary>Models that are known to do well, by role.</summary>
    IReadOnlyList<SuggestedModel> Suggestions { get; }

    /// <summary>Asks the hub for a file.</summary>
    /// <param name="reference"><c>owner/name:file</c>, or the name of a suggestion.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <exception cref="ModelException">There is no such file, or the hub does not answer.</exception>
    Task<HubModel> ResolveAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Fetches a file; goes on where an earlier try left off. When it returns the file is whole and its hash is the hub's.</summary>
    /// <param name="model">As it was resolved.</param>
    /// <param name="path">Where the file is collected.</param>
    /// <param name="received">Told the bytes that lie there, earlier ones included.</param>
    /// <param name="cancellationToken">Stops; what lies there stays.</param>
    /// <exception cref="ModelException">The hub failed, or gave another file.</exception>
    Task PullAsync(HubModel model, string path, IProgress<long> received, CancellationToken cancellationToken);
}

/// <summary>A model that is known to do well.</summary>
/// <param name="Name">Short; <c>models pull</c> takes it.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Reference">Where the hub has it.</param>
/// <param name="Parameters">As its makers count them, as <c>1.5B</c>.</param>
/// <param name="Licence">As its makers name it.</param>
internal sealed record SuggestedModel(string Name, ModelRole Role, string Reference, string Parameters, string Licence);

/// <summary>A file of the hub.</summary>
/// <param name="Reference"><c>owner/name:file</c>.</param>
/// <param name="FileName">Without its folder.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Lower-case hex, as the hub says.</param>
/// <param name="Licence">As the hub or the list names it.</param>
internal sealed record HubModel(string Reference, string FileName, long Bytes, string Sha256, string? Licence);
