using Tessera.Host.Models;
using Tessera.Inference;

namespace Tessera.Integration.Models;

/// <summary>Stands for the native engine: says of every file what it was told to.</summary>
internal sealed class FakeTrial : IModelTrial
{
    public string? Reason { get; set; }

    public int Runs { get; private set; }

    public Task<string?> RunAsync(string path, ModelRole role, CancellationToken cancellationToken)
    {
        Assert.True(File.Exists(path));
        Runs++;
        return Task.FromResult(Reason);
    }
}
