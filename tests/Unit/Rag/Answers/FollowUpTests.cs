using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;
using static Tessera.Unit.Rag.Answers.FakeStore;

namespace Tessera.Unit.Rag.Answers;

public sealed class FollowUpTests : IDisposable
{
    private static readonly (string Path, string Text)[] Agreement =
    [
        ("Fees and Payment", "3.1 Invoices. The Supplier shall invoice the Customer monthly in arrears. Invoices are payable within 30 days of receipt."),
        ("Confidentiality", "4.3 Duration. The duties of this clause last for five years after this Agreement ends."),
        ("Term and Termination", "5.1 Term. This Agreement begins on 1 April 2026 and continues for three years unless it is terminated earlier."),
        ("Term and Termination", "5.2 Termination for Convenience. The Customer may terminate this Agreement for convenience at any time by giving the Supplier not less than 90 days' written notice."),
        ("Term and Termination", "5.3 Termination for Cause. Either party may terminate this Agreement at once by written notice if the other commits a material breach."),
        ("General", "7.1 Assignment. Neither party may assign this Agreement without the other's written consent."),
        ("Convenience of the Parties", "8.1 Meetings are held at the convenience of the parties."),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-follow-up-").FullName;
    private readonly SqliteChunkStores _stores;

    public FollowUpTests() => _stores = new SqliteChunkStores(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stores.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Question_before_tells_what_a_short_one_is_about()
    {
        var answer = await AskAsync("And for convenience?", "May the agreement be terminated for a material breach?");
        Assert.Contains("90 days' written notice", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_words_before_do_not_outweigh_the_one_that_is_asked_now() =>
        Assert.Contains(
            "written consent",
            (await AskAsync("And to assign it?", "How many days' written notice does the Customer give to terminate this Agreement for convenience?")).Text,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Why?")]
    [InlineData("And how?")]
    [InlineData("Tell me more.")]
    public async Task Short_question_is_not_refused_where_the_words_before_it_are_covered(string question)
    {
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(question)).Status);
        var answer = await AskAsync(question, "May the agreement be terminated for convenience?");
        Assert.Contains("for convenience", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_reach_over_a_short_question_between() =>
        Assert.Contains(
            "material breach", (await AskAsync("And for cause?", "May the agreement be terminated early?", "And for convenience?")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("What is the capital of Mongolia?")]
    [InlineData("Which football club won the championship in 1998?")]
    public async Task Question_about_something_else_is_refused_as_ever(string question) =>
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(question, "May the agreement be terminated for convenience?")).Status);

    [Fact]
    public async Task Question_that_stands_by_itself_is_answered_as_if_it_came_first()
    {
        const string Whole = "How long do the duties of the confidentiality clause last?";
        var (alone, later) = (await AskAsync(Whole), await AskAsync(Whole, "Who shall invoice the customer?"));
        Assert.Equal("4.3 Duration. The duties of this clause last for five years after this Agreement ends.", alone.Text);
        Assert.Equal(alone.Text, later.Text);
    }

    [Fact]
    public async Task Older_questions_lend_less_to_the_search_and_the_oldest_nothing()
    {
        var store = new FakeStore(Chunk("The pen stays cool."));
        await AskAsync(Workspace(store), "Why?", "One?", "Two?", "Three?", "Four?");
        Assert.Equal([("Four?", 0.4), ("Three?", 0.2), ("Two?", 0.1)], store.Asked!.Background.Select(term => (term.Text, term.Weight)));
        Assert.Equal("Why?", store.Asked.Query);
    }

    private static async Task<Answer> AskAsync(DomainWorkspace workspace, string question, params string[] before)
    {
        var asked = new Question(question) { Earlier = [.. before.Select(text => new Turn(text, "It is so."))] };
        var events = await new AnswerPipeline(new Retriever(), TimeProvider.System).AnswerAsync(workspace, asked, Token).ToListAsync(Token);
        return events[^1] is AnswerEvent.Completed completed ? completed.Answer : ((AnswerEvent.Refused)events[^1]).Answer;
    }

    private async Task<Answer> AskAsync(string question, params string[] before)
    {
        var store = _stores.Open(new TenantId(Guid.Parse("22222222-0000-4000-8000-000000000009")), Profile, embeddingModel: null);
        var document = new DocumentId(Guid.Parse("22222222-0000-4000-8000-00000000000a"));
        var chunks = new List<EmbeddedChunk>();
        var start = 0;
        foreach (var (path, text) in Agreement)
        {
            chunks.Add(new EmbeddedChunk(new Chunk(document, chunks.Count, text, path, null, start, start + text.Length)));
            start += text.Length + 2;
        }

        await store.EnsureCreatedAsync(Token);
        await store.UpsertAsync(new StoredDocument(document, "services-agreement.md"), 1, chunks, Token);
        return await AskAsync(Workspace(store), question, before);
    }
}
