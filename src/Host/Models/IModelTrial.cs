using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>Whether a file whose header is sound also runs. Whatever the file does to the engine, this process lives on.</summary>
internal interface IModelTrial
{
    /// <summary>Why it does not run, as sentences; null: it runs.</summary>
    Task<string?> RunAsync(string path, ModelRole role, CancellationToken cancellationToken);
}
