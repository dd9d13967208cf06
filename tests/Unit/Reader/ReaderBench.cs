using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Unit.Reader;

/// <summary>A pool of real Reader processes with folders of its own.</summary>
public sealed class ReaderBench : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("reader-tests-").FullName;
    private int _count;

    public ReaderBench()
        : this(_ => { })
    {
    }

    internal ReaderBench(Action<ReaderOptions> change)
    {
        Scratch = Directory.CreateDirectory(Path.Combine(_root, "scratch")).FullName;
        // More time than the product gives: what is tested here is how files end, on a machine that runs other tests too.
        var options = new ReaderOptions { Assembly = ReaderAssembly, ScratchFolder = Scratch, TimeLimit = TimeSpan.FromMinutes(1) };
        change(options);
        Pool = new ReaderPool(options);
    }

    public static string ReaderAssembly { get; } = Path.Combine(AppContext.BaseDirectory, "Tessera.Reader.dll");

    public static TenantId Tenant { get; } = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    public ReaderPool Pool { get; }

    public string Scratch { get; }

    /// <summary>Files anywhere under the bench's folder: what reading left behind.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories);

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"f{Interlocked.Increment(ref _count)}")).FullName;

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(NewFolder(), "bytes");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<ReadOutcome> ReadAsync(string path, string? name = null, TenantId? tenant = null, CancellationToken? cancellation = null) =>
        Pool.ReadAsync(
            tenant ?? Tenant, path, name ?? Path.GetFileName(path), NewFolder(), cancellation ?? TestContext.Current.CancellationToken);

    public Task<ReadOutcome> ReadAsync(byte[] bytes, string name, TenantId? tenant = null) => ReadAsync(Write(name, bytes), name, tenant);

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
