using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Conformance;

public abstract partial class ChunkStoreConformance<TStores>
{
    private const int ManyDocuments = 150;
    private static readonly string[] ManyFolders = ["", "a", "a/b", "a/b/c", "ab", "rare/place"];
    private static readonly string[] ManyTags = ["x", "y", "X", "seldom"];

    // Each field alone or with others, each from nothing at all to nearly all documents.
    private static readonly Gen<SearchFilter> Scopes =
        from fields in Gen.Int[1, 31]
        from documents in Gen.Int[0, ManyDocuments + 5].Array[1, 4]
        from folders in Gen.Int[0, ManyFolders.Length - 1].Array[1, 2]
        from tags in Gen.Int[0, ManyTags.Length - 1].Array[1, 2]
        from language in Gen.Int[0, 2]
        from days in Gen.Int[1, 28].Array[2]
        select new SearchFilter
        {
            Documents = (fields & 1) == 0 ? [] : [.. documents.Select(Worlds.Id)],
            Folders = (fields & 2) == 0 ? [] : [.. folders.Select(i => ManyFolders[i])],
            Tags = (fields & 4) == 0 ? [] : [.. tags.Select(i => ManyTags[i])],
            Languages = (fields & 8) == 0 ? [] : language == 0 ? ["EN"] : language == 1 ? ["de", "en"] : ["fr"],
            From = (fields & 16) == 0 ? null : new DateOnly(2024, 1, days.Min()),
            To = (fields & 16) == 0 ? null : new DateOnly(2024, 1, days.Max()),
        };

    [Fact]
    public async Task Scope_however_small_gives_as_many_passages_as_are_asked_for_and_are_there()
    {
        var (store, model) = await ManyAsync();
        var (small, whole) = (0, 0);
        await Gen.Select(Scopes, Gen.Int[1, 12], Gen.Int[0, WorldStep.Words.Length - 1]).SampleAsync(
            async (scope, top, word) =>
            {
                var query = $"{WorldStep.Words[word]} {WorldStep.Words[0]}";
                var all = await FindAsync(store, query);
                var expected = model.Matching(query, scope);
                var found = await FindAsync(store, query, scope, top);
                Assert.Equal(Math.Min(top, expected.Count), found.Count);
                Assert.Subset(expected, found.Select(x => x.Chunk).ToHashSet());
                // What a filter leaves of the search without it.
                Assert.Equal(all.Select(x => x.Chunk).Where(expected.Contains).ToHashSet(), (await FindAsync(store, query, scope)).Select(x => x.Chunk).ToHashSet());
                Interlocked.Add(ref small, expected.Count > 0 && expected.Count < top ? 1 : 0);
                Interlocked.Add(ref whole, expected.Count >= top ? 1 : 0);
            },
            iter: 200,
            threads: 1);
        Assert.True(small > 0 && whole > 0, "The scopes were all of one size.");
    }

    private async Task<(IChunkStore Store, ModelStore Model)> ManyAsync()
    {
        var (store, model) = (await OpenAsync(), new ModelStore());
        for (var number = 0; number < ManyDocuments; number++)
        {
            var document = Worlds.Document(number) with
            {
                Folder = number == 77 ? ManyFolders[^1] : ManyFolders[number % (ManyFolders.Length - 1)],
                Tags = number == 78 ? ["seldom", "x"] : [ManyTags[number % 3]],
                Language = number % 3 == 0 ? null : number % 3 == 1 ? "en" : "DE",
                Date = number % 4 == 0 ? null : new DateOnly(2024, 1, 1 + (number % 28)),
            };
            // Words that are everywhere, and chunks without any of them.
            string[] texts = [$"{WorldStep.Words[0]} {WorldStep.Words[number % WorldStep.Words.Length]}", $"{WorldStep.Words[^1]} filling", "nothing here"];
            var chunks = Worlds.Chunks(document.Id, texts);
            await store.UpsertAsync(document, 1, chunks, Token);
            model.Upsert(document, 1, [.. chunks.Select(x => x.Chunk)]);
        }

        return (store, model);
    }
}
