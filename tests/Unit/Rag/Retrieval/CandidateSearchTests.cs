using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Vectors;

namespace Tessera.Unit.Rag.Retrieval;

public sealed class CandidateSearchTests : IDisposable
{
    private static readonly DomainProfile Profile = new() { Id = "test", Name = "Test", Description = "Of tests.", Analysis = TextAnalysis.Prose };

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-candidates-").FullName;
    private readonly SqliteChunkStores _stores;

    public CandidateSearchTests() => _stores = new SqliteChunkStores(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stores.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Question_that_says_a_title_is_asked_again_without_it()
    {
        var embedder = new FakeWords(("How are cured?", [1, 0, 0]), ("mended", [.9f, .43f, 0]), ("cured", [1, 0, 0]));
        var store = _stores.Open(new TenantId(Guid.Empty), Profile, null);
        await PutAsync(store, 1, "Arachnoid Cysts", "Arachnoid cysts and arachnoid cysts, of which much is known.", "Most are mended by a surgeon.");
        await PutAsync(store, 2, "Measles", "A fever.", "Spots.");
        var search = await FindAsync(store, "How are arachnoid cysts cured?", embedder);
        Assert.Equal("How are cured?", search.Request.Asked);
        Assert.Equal([1, 0, 0], search.Request.Vector.ToArray());
        var kin = search.Candidates.ToDictionary(x => x.Chunk.Text, x => x.Signals.Kin);
        Assert.InRange(kin["Most are mended by a surgeon."], .8f, 1);
        Assert.InRange(kin["Arachnoid cysts and arachnoid cysts, of which much is known."], 0, .1f);
    }

    [Fact]
    public async Task Other_questions_are_searched_once_as_they_are()
    {
        var store = _stores.Open(new TenantId(Guid.Empty), Profile, null);
        await PutAsync(store, 2, "Measles", "A fever.", "Spots.");
        var search = await FindAsync(store, "Who has a fever?", new FakeWords());
        Assert.Equal("Who has a fever?", search.Request.Asked);
        Assert.Equal("A fever.", search.Candidates[0].Chunk.Text);
    }

    private static async Task<CandidateSearch> FindAsync(IChunkStore store, string question, FakeWords embedder)
    {
        var request = await CandidateSearch.RequestAsync(question, 10, null, embedder, Token);
        return await CandidateSearch.RunAsync(store, request, embedder, TextAnalyzer.For(TextAnalysis.Prose), Token);
    }

    private static async Task PutAsync(IChunkStore store, int number, string title, params string[] texts)
    {
        var id = new DocumentId(new Guid(number, 0, 0, new byte[8]));
        var (chunks, start) = (new List<EmbeddedChunk>(), 0);
        foreach (var text in texts)
        {
            chunks.Add(new EmbeddedChunk(new Chunk(id, chunks.Count, text, title, null, start, start + text.Length)));
            start += text.Length;
        }

        await store.EnsureCreatedAsync(Token);
        await store.UpsertAsync(new StoredDocument(id, ""), 1, chunks, Token);
    }
}
