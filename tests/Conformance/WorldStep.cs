using CsCheck;
using Tessera.Rag.Retrieval;

namespace Tessera.Conformance;

/// <summary>One thing that happens in a small world of two tenants with two domains each, and how the world is looked at then.</summary>
internal sealed record WorldStep(
    int Tenant, int Domain, bool Writes, StoredDocument Document, int Revision, string[] Texts, SearchFilter Filter, bool Looks, bool Reopens)
{
    public const int Documents = 4;
    private static readonly string[] Folders = ["", "a", "a/b", "ab"];
    private static readonly string[] Tags = ["x", "y", "X"];

    public static readonly string[] Words = ["apple", "pear", "plum", "fig", "quince"];

    private static readonly Gen<string[]> SomeTexts =
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[1, 6].Select(x => string.Join(' ', x)).Array[0, 5];

    private static readonly Gen<DateOnly?> Dates = Gen.Int[0, 4].Select(day => day == 0 ? (DateOnly?)null : new DateOnly(2024, 1, day));

    private static readonly Gen<StoredDocument> SomeDocuments =
        from number in Gen.Int[0, Documents - 1]
        from folder in Gen.Int[0, Folders.Length - 1]
        from tags in Gen.Int[0, 7]
        from date in Dates
        from language in Gen.Int[0, 2]
        select Worlds.Document(number) with
        {
            Folder = Folders[folder],
            Tags = Chosen(Tags, tags),
            Date = date,
            Language = language == 0 ? null : language == 1 ? "en" : "DE",
        };

    private static readonly Gen<SearchFilter> Filters =
        from documents in Gen.Int[0, 15]
        from folders in Gen.Int[0, 15]
        from tags in Gen.Int[0, 7]
        from language in Gen.Bool
        from fields in Gen.Int[1, 31]
        from dates in Gen.Select(Dates, Dates)
        select new SearchFilter
        {
            Documents = (fields & 1) == 0 ? [] : [.. Chosen([0, 1, 2, 3], documents).Select(Worlds.Id)],
            Folders = (fields & 2) == 0 ? [] : Chosen(Folders, folders),
            Tags = (fields & 4) == 0 ? [] : Chosen(Tags, tags),
            Languages = (fields & 8) == 0 ? [] : language ? ["EN"] : ["de", "en"],
            From = (fields & 16) == 0 ? null : dates.Item1,
            To = (fields & 16) == 0 ? null : dates.Item2,
        };

    private static readonly Gen<WorldStep> Steps =
        from place in Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1])
        from kind in Gen.Int[0, 3]
        from document in SomeDocuments
        from revision in Gen.Int[1, 3]
        from texts in SomeTexts
        from filter in Filters
        from moment in Gen.Int[0, 11]
        select new WorldStep(place.Item1, place.Item2, kind > 0, document, revision, texts, filter, moment < 4, moment == 3 || moment == 4);

    public static readonly Gen<WorldStep[]> History = Steps.Array[1, 25];

    public async Task PlayAsync(IChunkStore store, ModelStore model, CancellationToken token)
    {
        if (Writes)
        {
            var chunks = Worlds.Chunks(Document.Id, Texts);
            await store.UpsertAsync(Document, Revision, chunks, token);
            model.Upsert(Document, Revision, [.. chunks.Select(x => x.Chunk)]);
        }
        else
        {
            await store.DeleteAsync(Document.Id, Revision, token);
            model.Delete(Document.Id, Revision);
        }
    }

    private static T[] Chosen<T>(T[] of, int bits) => [.. of.Where((_, i) => (bits & (1 << i)) != 0)];
}
