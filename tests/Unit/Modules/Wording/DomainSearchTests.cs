using Tessera.Inference.Static;
using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Stores;
using Tessera.Sdk;

namespace Tessera.Unit.Modules.Wording;

/// <summary>What the built-in domains find that has no word of the question: small documents go in, a question is asked.</summary>
public sealed class DomainSearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-wording-").FullName;
    private readonly SqliteChunkStores _stores;

    public DomainSearchTests() => _stores = new SqliteChunkStores(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stores.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("medical", "heart attack", "myocardial infarction")]
    [InlineData("legal", "penalties", "liquidated damages")]
    [InlineData("code", "screen capture", "ImageGrab")]
    public async Task Passage_is_found_by_what_people_call_it(string domain, string question, string text)
    {
        var workspace = Workspace(domain, learned: true);
        await PutAsync(workspace, "first.txt", $"Here is {text} spoken of.");
        await PutAsync(workspace, "second.txt", "Nothing of the kind stands in this text, which is about gardens.");
        Assert.Contains(text, (await FindAsync(workspace, question))[0].Chunk.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Short_and_long_form_find_each_other_once_a_document_has_said_that_they_are_one(bool learned)
    {
        var workspace = Workspace("medical", learned);
        await PutAsync(workspace, "second.txt", "Patients with cat scratch disease recover within weeks.");
        await PutAsync(workspace, "third.txt", "CSD is seldom seen in winter.");
        await PutAsync(workspace, "fourth.txt", "Children with measles stay at home.");
        Assert.DoesNotContain(await FindAsync(workspace, "CSD"), x => x.Chunk.Text.StartsWith("Patients", StringComparison.Ordinal));
        await PutAsync(workspace, "first.txt", "We studied cat scratch disease (CSD) in 40 households.");
        foreach (var question in (string[])["What is CSD?", "cat scratch disease"])
        {
            var found = (await FindAsync(workspace, question)).Select(x => x.Chunk.Text[..2]).Where(x => x != "Ch").Order();
            Assert.Equal(["CS", "Pa", "We"], found);
        }
    }

    [Fact]
    public async Task Clause_of_a_party_is_found_by_the_companys_name()
    {
        var workspace = Workspace("legal", learned: false);
        await PutAsync(workspace, "lease.txt", "This lease is made between Bright Lamps Ltd, a company of Ohio (the “Hirer”), and Dull Lamps Inc. (the “Owner”).");
        await PutAsync(workspace, "clauses.txt", "The Hirer returns the machine.");
        await PutAsync(workspace, "other.txt", "The Owner collects the machine.");
        var found = await FindAsync(workspace, "What of Bright Lamps Ltd?");
        Assert.Equal(["The Hirer", "This leas"], found.Select(x => x.Chunk.Text[..9]).Order());
    }

    [Fact]
    public async Task Names_of_one_tenant_say_nothing_to_another()
    {
        var (one, other) = (Workspace("medical", learned: false), Workspace("medical", learned: false) with { });
        await PutAsync(one, "first.txt", "We studied cat scratch disease (CSD) in 40 households.");
        await PutAsync(other, "second.txt", "Patients with cat scratch disease recover within weeks.");
        Assert.Empty(await FindAsync(other, "CSD"));
    }

    [Fact]
    public async Task Source_files_are_limited_to_their_language()
    {
        var workspace = Workspace("code", learned: false);
        await PutAsync(workspace, "cart.py", "def total(lines): return sum(lines)", "python");
        await PutAsync(workspace, "Cart.cs", "int Total(int[] lines) => lines.Sum();", "csharp");
        await PutAsync(workspace, "notes.md", "The total is the sum of lines.");
        Assert.Equal(3, (await FindAsync(workspace, "total of lines")).Count);
        var found = await new Retriever().SearchAsync(workspace, new RetrievalQuery("total of lines", 10) { Filter = new SearchFilter { Languages = ["Python"] } }, Token);
        Assert.StartsWith("def total", Assert.Single(found).Chunk.Text, StringComparison.Ordinal);
    }

    private DomainWorkspace Workspace(string domain, bool learned)
    {
        DomainModule module = domain switch { "legal" => new LegalModule(), "medical" => new MedicalModule(), _ => new CodeModule() };
        var models = learned ? DomainModels.Read(Path.Combine(GoldenSetsTests.Root(), "src", "Modules", module.Profile.Name), module.Profile, StaticEmbedder.Load) : null;
        var tenant = new TenantId(Guid.NewGuid());
        return new DomainWorkspace(tenant, DomainRoles.Of(module, models), _stores.Open(tenant, module.Profile, null));
    }

    private static Task<int> PutAsync(DomainWorkspace workspace, string name, string text, string? language = null)
    {
        var section = new Section(text, "", null, 0);
        section = language is null ? section : section with
        {
            Tags = new Dictionary<string, string> { [SectionTags.Kind] = SectionTags.KindCode, [SectionTags.Language] = language },
        };
        return new IngestionPipeline().IndexAsync(workspace, new StoredDocument(new DocumentId(Guid.NewGuid()), name), 1, [section], Token);
    }

    private static Task<IReadOnlyList<Candidate>> FindAsync(DomainWorkspace workspace, string question) =>
        new Retriever().SearchAsync(workspace, new RetrievalQuery(question, 10), Token);
}
