using Tessera.Conformance;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Stores;

public sealed class SuiteTests
{
    [Fact]
    public void Every_store_of_the_product_runs_the_suite()
    {
        var stores = Suites.Stores(typeof(IChunkStores).Assembly);
        Assert.Contains(typeof(SqliteChunkStores), stores);
        Assert.Empty(Suites.Missing(stores, typeof(SuiteTests).Assembly));
    }

    [Fact]
    public void Store_without_a_runner_is_caught() =>
        Assert.Equal([typeof(ForgottenChunkStores)], Suites.Missing(Suites.Stores(typeof(SuiteTests).Assembly).Where(x => x == typeof(ForgottenChunkStores)), typeof(SuiteTests).Assembly));

    private sealed class ForgottenChunkStores : IChunkStores
    {
        public long IndexBytes => 0;

        public Task ReachAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public IChunkStore Open(TenantId tenant, DomainProfile domain, ModelRef? embeddingModel) => throw new NotSupportedException();

        public Task DropAsync(TenantId tenant, string? domain, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DropExceptAsync(TenantId tenant, string domain, IReadOnlyList<ModelRef?> kept, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
