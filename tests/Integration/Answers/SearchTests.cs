using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Answers;

public sealed class SearchTests(HostFixture host)
{
    private const string Domain = "searching";
    private const string Route = $"/api/v1/domains/{Domain}/search";

    [Fact]
    public async Task Passages_have_the_fields_of_the_contract_best_first()
    {
        var caller = await CallerAsync();
        const string text = "The crane lifts the cask.";
        var id = await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "crane.txt", text);
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "long.txt", "A cask is a barrel, and many words say nothing of what lifts it.");
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane cask" });
        Assert.Equal(["passages"], found.EnumerateObject().Select(field => field.Name));
        var passages = found.GetProperty("passages").EnumerateArray().ToList();
        Assert.Equal(2, passages.Count);
        Assert.Equal(
            ["documentId", "documentName", "page", "path", "start", "end", "text", "score", "duplicates", "section"], passages[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(id, passages[0].GetProperty("documentId").GetGuid());
        Assert.Equal("crane.txt", passages[0].Text("documentName"));
        Assert.Equal("Part › One", passages[0].Text("path"));
        Assert.Equal(3, passages[0].GetProperty("page").GetInt32());
        Assert.Equal((0, text.Length, text), (passages[0].GetProperty("start").GetInt32(), passages[0].GetProperty("end").GetInt32(), passages[0].Text("text")));
        Assert.Equal([("start", 0), ("end", text.Length)], passages[0].GetProperty("section").EnumerateObject().Select(x => (x.Name, x.Value.GetInt32())));
        Assert.True(passages[0].GetProperty("score").GetDouble() > passages[1].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Copies_are_folded_under_the_best_with_their_places()
    {
        var caller = await CallerAsync();
        const string clause = "The crane lifts the cask from the quay to the ship and back again before noon on each working day of the week, and the crew of the ship pays for it.";
        foreach (var folder in (string[])["one", "two"])
        {
            await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, $"{folder}.txt", clause, stored => stored with { Folder = folder });
        }

        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "noon.txt", clause.Replace("before noon", "before dusk", StringComparison.Ordinal), stored => stored with { Folder = "three" });
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "other.txt", "A crane is a bird too.");
        var passages = (await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane cask", top = 2 })).GetProperty("passages").EnumerateArray().ToList();
        Assert.Equal("other.txt", passages[1].Text("documentName"));
        var duplicates = passages[0].GetProperty("duplicates").EnumerateArray().ToList();
        Assert.Equal(
            ["documentId", "documentName", "folder", "page", "path", "start", "end", "same", "adds", "lacks"], duplicates[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["one", "three", "two"], duplicates.Select(x => x.Text("folder")).Append(passages[0].Text("documentName").Split('.')[0].Replace("noon", "three", StringComparison.Ordinal)).Order());
        Assert.Single(duplicates, x => x.GetProperty("same").GetBoolean());
        var near = duplicates.Single(x => !x.GetProperty("same").GetBoolean());
        Assert.Equal(["dusk", "noon"], near.GetProperty("adds").EnumerateArray().Concat(near.GetProperty("lacks").EnumerateArray()).Select(x => x.GetString()).Order());

        // The one that says something else is no duplicate for an answer, and the one that says the same is told with the quote.
        var answer = await caller.Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/answers", new { question = "When does the crane lift the cask?", filter = new { folders = new[] { "one", "two" } } });
        var citation = answer.GetProperty("citations")[0];
        var also = Assert.Single(citation.GetProperty("alsoIn").EnumerateArray());
        Assert.NotEqual(citation.Text("documentName"), also.Text("documentName"));
        Assert.Equal(citation.Text("quote"), clause[also.GetProperty("start").GetInt32()..also.GetProperty("end").GetInt32()]);
        var explained = await caller.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask", top = 2 });
        Assert.Equal(2, explained.GetProperty("passages")[0].GetProperty("duplicates").GetArrayLength());
    }

    [Fact]
    public async Task Filter_is_or_within_a_field_and_and_between_fields()
    {
        var caller = await CallerAsync();
        var a = await AddAsync("a", "2031-01-01", "en", "red");
        var b = await AddAsync("b", "2031-06-01", "de", "red", "blue");
        var c = await AddAsync("c/d", null, "en", "blue");
        await ExpectAsync(new { folders = new[] { "a", "c" } }, a, c);
        await ExpectAsync(new { tags = new[] { "blue" } }, b, c);
        await ExpectAsync(new { tags = new[] { "red" }, languages = new[] { "EN" } }, a);
        await ExpectAsync(new { from = "2031-01-02" }, b);
        await ExpectAsync(new { to = "2031-01-01" }, a);
        await ExpectAsync(new { documents = new[] { a, b } }, a, b);
        await ExpectAsync(new { folders = Array.Empty<string>(), tags = (string[]?)null }, a, b, c);

        Task<Guid> AddAsync(string folder, string? date, string language, params string[] tags) => TestDomain.AddDocumentAsync(
            host, caller.Tenant, Domain, $"{folder[0]}.txt", $"The crane of {folder} lifts the cask.", stored => stored with
            {
                Folder = folder, Tags = tags, Language = language,
                Date = date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            });

        async Task ExpectAsync(object filter, params Guid[] expected)
        {
            var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane", filter });
            Assert.Equal(expected.Order(), found.GetProperty("passages").EnumerateArray().Select(one => one.GetProperty("documentId").GetGuid()).Order());
        }
    }

    [Fact]
    public async Task Deleted_documents_do_not_crowd_out_those_that_are_there()
    {
        var caller = await CallerAsync();
        for (var i = 0; i < 12; i++)
        {
            await DeleteAsync(caller, await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, $"{i}.txt", "Crane, crane, crane."));
        }

        var id = await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "live.txt", "One crane among many other words lifts the cask.");
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane", top = 2 });
        Assert.Equal(id, Assert.Single(found.GetProperty("passages").EnumerateArray()).GetProperty("documentId").GetGuid());
    }

    [Fact]
    public async Task Document_of_another_tenant_in_the_filter_finds_nothing()
    {
        var (caller, other) = (await CallerAsync(), await CallerAsync());
        var id = await TestDomain.AddDocumentAsync(host, other.Tenant, Domain, "crane.txt", "The crane lifts the cask.");
        var found = await caller.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane", filter = new { documents = new[] { id } } });
        Assert.Equal("""{"passages":[]}""", found.GetRawText());
    }

    [Theory]
    [InlineData("""{"query":"a","top":0}""", "invalid-request")]
    [InlineData("""{"query":"a","top":201}""", "invalid-request")]
    [InlineData("""{"query":"a","top":1.5}""", "invalid-json")]
    [InlineData("""{"query":" "}""", "invalid-request")]
    [InlineData("""{"query":"a","query":"b"}""", "invalid-json")]
    [InlineData("""{"query":"a","filter":{"from":"yesterday"}}""", "invalid-json")]
    [InlineData("""{"query":"a","filter":{"documents":["1"]}}""", "invalid-json")]
    [InlineData("""{"query":"a","filter":[]}""", "invalid-json")]
    public async Task Search_that_cannot_be_made_gets_a_problem(string body, string code)
    {
        var caller = await CallerAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(400, code, await caller.Http.PostAsync(Route, content, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Caller_who_leaves_stops_the_search()
    {
        var (begun, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        TestDomain.Load(host, new TestDomain("waiting")
        {
            BeforeSearch = async token =>
            {
                begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    stopped.SetResult();
                }
            },
        });
        var caller = await CallerAsync();
        using var leaving = new CancellationTokenSource();
        using var content = JsonContent.Create(new { question = "crane", stream = true });
        var asking = caller.Http.PostAsync(new Uri("/api/v1/domains/waiting/answers", UriKind.Relative), content, leaving.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    // As the API does, but no job comes to purge it.
    private async Task DeleteAsync(TestCaller caller, Guid document)
    {
        await using var scope = host.Scope(caller.Tenant);
        await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.Where(row => row.Id == document)
            .ExecuteUpdateAsync(row => row.SetProperty(x => x.DeletedAt, TimeProvider.System.GetUtcNow()));
    }

    private async Task<TestCaller> CallerAsync()
    {
        TestDomain.Load(host, Domain);
        return await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
    }
}
