using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Answers;

/// <summary>In few chunks a word that none has seems to tell most: that alone is no reason to refuse.</summary>
public sealed class SmallCollectionTests : IDisposable
{
    private static readonly string[] Clauses =
    [
        "1.1 Deposit. The tenant pays a deposit of three months' rent.",
        "2.1 Hire. The hire begins when the vessel is delivered.",
        "2.2 The hire ceases when the vessel is redelivered.",
        "3.1 Insurance. The hirer insures the vessel.",
        "4.1 Law. English law governs this agreement.",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-small-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("When does the hire stop?", "hire ceases", false)]
    [InlineData("When does the hire stop?", "hire ceases", true)]
    [InlineData("How large is the deposit?", "three months' rent", false)]
    [InlineData("How large is the deposit?", "three months' rent", true)]
    public async Task Question_with_a_word_that_nothing_holds_is_answered_by_what_holds_the_rest(string question, string expected, bool law)
    {
        var answer = await AskAsync(question, law);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What does the policy say about parental leave for employees?", false)]
    [InlineData("What does the policy say about parental leave for employees?", true)]
    [InlineData("Which port does the Kafka broker listen on?", false)]
    [InlineData("Which port does the Kafka broker listen on?", true)]
    public async Task Question_of_something_else_is_refused(string question, bool law) =>
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(question, law)).Status);

    // By words covered, and by what law learned.
    private async Task<Answer> AskAsync(string question, bool law)
    {
        var roles = law ? DomainRoles.Of(new LegalModule(), DomainModels.Read(LegalFolder(), new LegalModule().Profile, StaticEmbedder.Load)) : FakeStore.Workspace(new FakeStore()).Roles;
        using var stores = new SqliteChunkStores(_folder);
        var tenant = new TenantId(Guid.NewGuid());
        var embedder = roles.Models.Embedder;
        var store = stores.Open(tenant, roles.Profile, embedder?.Model);
        var document = new DocumentId(Guid.NewGuid());
        var chunks = Clauses.Select((text, i) => new Chunk(document, i, text, "", null, i * 100, (i * 100) + text.Length)).ToList();
        var embedded = await EmbeddingStage.EmbedAsync(embedder?.Generator, chunks, TestContext.Current.CancellationToken);
        await store.UpsertAsync(new StoredDocument(document, ""), 1, embedded, TestContext.Current.CancellationToken);
        var workspace = new DomainWorkspace(tenant, roles, store) { Embedder = embedder?.Generator };
        var last = await new AnswerPipeline(new Retriever(), TimeProvider.System)
            .AnswerAsync(workspace, new Question(question), TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);
        return last switch
        {
            AnswerEvent.Completed completed => completed.Answer,
            AnswerEvent.Refused refused => refused.Answer,
            _ => throw new InvalidOperationException($"{last} is no end."),
        };
    }

    private static string LegalFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No solution is above the tests.");
        }

        return Path.Combine(folder.FullName, "src", "Modules", "Legal");
    }
}
