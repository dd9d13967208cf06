using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    [Fact]
    public async Task Any_history_leaves_what_a_simple_model_holds()
    {
        _ = Stores;
        await WorldStep.History.SampleAsync(PlayAsync, iter: 25, threads: 1);
    }

    private async Task PlayAsync(WorldStep[] history)
    {
        // New tenants for each history: what an earlier one left must not be seen either.
        TenantId[] tenants = [new(Guid.NewGuid()), new(Guid.NewGuid())];
        DomainProfile[] domains = [Worlds.Prose, Worlds.Domain("prose-b", TextAnalysis.Prose)];
        var models = new Dictionary<(int, int), ModelStore>();
        for (var t = 0; t < 2; t++)
        {
            for (var d = 0; d < 2; d++)
            {
                models[(t, d)] = new ModelStore();
            }
        }

        foreach (var (number, step) in history.Index())
        {
            var place = (step.Tenant, step.Domain);
            await step.PlayAsync(Stores.Open(tenants[step.Tenant], domains[step.Domain], null), models[place], Token);
            if (step.Reopens)
            {
                Reopen();
            }

            if (step.Looks || number == history.Length - 1)
            {
                foreach (var ((t, d), model) in models)
                {
                    await CompareAsync(Stores.Open(tenants[t], domains[d], null), model, step.Filter);
                }
            }
        }
    }

    private static async Task CompareAsync(IChunkStore store, ModelStore model, SearchFilter filter)
    {
        foreach (var id in Enumerable.Range(0, WorldStep.Documents).Select(Worlds.Id))
        {
            Assert.Equal(model.Read(id), await store.ReadAsync(id, Token));
        }

        var listed = await store.ListAsync(Token);
        Assert.Equal(model.List(), listed.ToHashSet());
        Assert.Equal(listed.Count, model.List().Count);
        var words = TextAnalyzer.For(TextAnalysis.Prose).Terms(string.Join(' ', WorldStep.Words));
        Assert.Equal(model.Weigh(words), await store.WeighAsync(words, Token), (x, y) => Math.Abs(x - y) < 1e-9);
        foreach (var query in (string[])[WorldStep.Words[0], string.Join(' ', WorldStep.Words), "n1 " + WorldStep.Words[1]])
        {
            foreach (var limits in (SearchFilter?[])[null, filter])
            {
                var found = await FindAsync(store, query, limits);
                Assert.Equal(model.Matching(query, limits), found.Select(x => x.Chunk).ToHashSet());
                Assert.Equal(found.Select(x => x.Score).OrderDescending(), found.Select(x => x.Score));
                Assert.Equal(found.Take(3), await FindAsync(store, query, limits, top: 3));
            }
        }
    }
}
