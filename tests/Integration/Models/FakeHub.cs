using Tessera.Host.Models;
using Tessera.Inference;

namespace Tessera.Integration.Models;

/// <summary>A hub with files of one's own. Fetches in two halves and waits between them where it is told to.</summary>
internal sealed class FakeHub : IModelHub
{
    private readonly Dictionary<string, (HubModel Model, byte[] Bytes)> files = [];

    public IReadOnlyList<SuggestedModel> Suggestions { get; } =
        [new("tiny-instruct", ModelRole.Chat, "acme/tiny:tiny.gguf", "0.1M", "MIT")];

    /// <summary>Awaited when half of a file is there.</summary>
    public Func<CancellationToken, Task> Halfway { get; set; } = _ => Task.CompletedTask;

    /// <summary>Bytes that were sent, all pulls together.</summary>
    public long Sent { get; private set; }

    public void Add(string reference, byte[] bytes, string? sha256 = null, long? length = null) => files[reference] = (
        new HubModel(reference, reference.Split(':')[1], length ?? bytes.Length, sha256 ?? ModelBench.Hash(bytes), "MIT"), bytes);

    public Task<HubModel> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        reference = Suggestions.FirstOrDefault(one => one.Name == reference)?.Reference ?? reference;
        return files.TryGetValue(reference, out var file)
            ? Task.FromResult(file.Model)
            : throw new ModelException(ModelFault.Remote, "The hub has no such file.");
    }

    public async Task PullAsync(HubModel model, string path, IProgress<long> received, CancellationToken cancellationToken)
    {
        var bytes = files[model.Reference].Bytes;
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write);
        file.Seek(0, SeekOrigin.End);
        if (file.Length < bytes.Length / 2)
        {
            await SendAsync(bytes.AsMemory((int)file.Length, (bytes.Length / 2) - (int)file.Length));
            await Halfway(cancellationToken);
        }

        await SendAsync(bytes.AsMemory((int)file.Length));

        async Task SendAsync(ReadOnlyMemory<byte> part)
        {
            await file.WriteAsync(part, cancellationToken);
            await file.FlushAsync(cancellationToken);
            Sent += part.Length;
            received.Report(file.Length);
        }
    }
}
