using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Unit.Reader;

/// <summary>Whose process reads whose file.</summary>
public sealed class ReaderPoolTests
{
    private static readonly TenantId Other = new(Guid.Parse("22222222-2222-2222-2222-222222222222"));

    [Fact]
    public async Task Worker_of_one_tenant_reads_its_next_file()
    {
        await using var bench = new ReaderBench();
        await ReadAsync(bench, ReaderBench.Tenant);
        var first = Assert.Single(bench.Pool.IdleProcesses);
        await ReadAsync(bench, ReaderBench.Tenant);
        Assert.Equal([first], bench.Pool.IdleProcesses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Worker_never_reads_for_two_tenants(int workers)
    {
        await using var bench = new ReaderBench(x => x.Workers = workers);
        var used = new Dictionary<int, TenantId>();
        foreach (var tenant in new[] { ReaderBench.Tenant, Other, ReaderBench.Tenant, Other, ReaderBench.Tenant })
        {
            await ReadAsync(bench, tenant);

            // What has read is the last that became idle.
            var worker = bench.Pool.IdleProcesses[^1];
            Assert.Equal(tenant, used.TryAdd(worker, tenant) ? tenant : used[worker]);
            Assert.InRange(bench.Pool.IdleProcesses.Count, 1, workers);
        }

        Assert.Equal(workers == 1 ? 5 : 2, used.Count);
    }

    private static async Task ReadAsync(ReaderBench bench, TenantId tenant) =>
        Assert.IsType<ReadOutcome.Text>(await bench.ReadAsync("words"u8.ToArray(), "a.txt", tenant));
}
