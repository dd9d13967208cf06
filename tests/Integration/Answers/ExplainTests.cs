using System.Text;
using System.Text.Json;
using Tessera.Host.Identity;
using Tessera.Rag.Retrieval;

namespace Tessera.Integration.Answers;

public sealed class ExplainTests(HostFixture host)
{
    private const string Domain = "explaining";
    private const string Route = $"/api/v1/domains/{Domain}/search/explain";

    [Fact]
    public async Task Passages_are_those_of_the_search_with_figures_and_reasons()
    {
        var caller = await CallerAsync();
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "crane.txt", "The crane lifts the cask.");
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "long.txt", "A cask is a barrel, and many words say nothing of what lifts it.");
        var searched = await caller.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/search", new { query = "crane cask" });
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane cask" });
        Assert.Equal(["setup", "ranked", "candidates", "milliseconds", "words", "passages", "reranking"], Names(found));
        Assert.Equal(("configured", false, 2), (found.Text("setup"), found.GetProperty("ranked").GetBoolean(), found.GetProperty("candidates").GetInt32()));
        Assert.Equal(["crane", "cask"], found.GetProperty("words").EnumerateArray().Select(word => word.Text("word")));
        var passages = found.GetProperty("passages").EnumerateArray().ToList();
        foreach (var (plain, passage) in searched.GetProperty("passages").EnumerateArray().Zip(passages, (x, y) => (x, y)))
        {
            // What stands around a passage says nothing of why it was found.
            Assert.All(plain.EnumerateObject().Where(field => field.Name != "section"), field => Assert.Equal(field.Value.GetRawText(), passage.GetProperty(field.Name).GetRawText()));
            Assert.Equal(
                passage.GetProperty("total").GetDouble(), passage.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("contribution").GetDouble()), 1e-6);
        }

        Assert.Equal(2, passages.Count);
        Assert.StartsWith("holds ‘crane’ and ‘cask’; its title has ‘crane’; most by ", passages[0].Text("why"), StringComparison.Ordinal);
        Assert.Equal(["crane", "cask"], passages[0].GetProperty("marks").EnumerateArray().Select(mark =>
            passages[0].Text("text")[mark.GetProperty("start").GetInt32()..mark.GetProperty("end").GetInt32()]));
    }

    [Fact]
    public async Task Every_setup_is_taken_and_told_back()
    {
        var caller = await CallerAsync();
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "crane.txt", "The crane lifts the cask.");
        foreach (var setup in RetrievalSetup.All)
        {
            var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane", setup = setup.Id });
            Assert.Equal((setup.Id, 1), (found.Text("setup"), found.GetProperty("passages").GetArrayLength()));
        }
    }

    [Fact]
    public async Task Nothing_of_another_tenant_is_told()
    {
        var (caller, other) = (await CallerAsync(), await CallerAsync());
        var theirs = await TestDomain.AddDocumentAsync(host, other.Tenant, Domain, "xylograph.txt", "The xylograph lifts the cask.");
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "crane.txt", "The crane lifts the cask.");
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "xylograph", filter = new { documents = new[] { theirs } } });
        Assert.Empty(found.GetProperty("passages").EnumerateArray());

        // How rare a word is, is counted over one's own documents: theirs do not show in it.
        var (held, unknown) = (await IdfAsync("xylograph"), await IdfAsync("unheardof"));
        Assert.Equal(unknown, held);
        Assert.NotEqual(await IdfAsync("crane"), held);

        async Task<double> IdfAsync(string word) => (await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = word }))
            .GetProperty("words")[0].GetProperty("idf").GetDouble();
    }

    [Fact]
    public async Task Question_of_stop_words_alone_finds_nothing()
    {
        var caller = await CallerAsync();
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "of the" });
        Assert.Equal((0, 0), (found.GetProperty("words").GetArrayLength(), found.GetProperty("passages").GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"query":"a","top":0}""", "invalid-request")]
    [InlineData("""{"query":"a","top":201}""", "invalid-request")]
    [InlineData("""{"query":" "}""", "invalid-request")]
    [InlineData("""{"query":"a","setup":"magic"}""", "invalid-request")]
    [InlineData("""{"query":"a","setup":1}""", "invalid-json")]
    [InlineData("""{"query":"a","filter":{"from":"2031-01-02","to":"2031-01-01"}}""", "invalid-request")]
    public async Task Search_that_cannot_be_explained_gets_a_problem(string body, string code)
    {
        var caller = await CallerAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(400, code, await caller.Http.PostAsync(Route, content, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Domain_that_is_not_there_is_unknown()
    {
        var caller = await CallerAsync();
        using var content = new StringContent("""{"query":"a"}""", Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(404, "unknown-domain", await caller.Http.PostAsync("/api/v1/domains/nowhere/search/explain", content, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(field => field.Name);

    private async Task<TestCaller> CallerAsync()
    {
        TestDomain.Load(host, Domain);
        return await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
    }
}
