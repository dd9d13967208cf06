using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Answers;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Integration.Answers;

public sealed class AnswerTests(HostFixture host)
{
    private const string Domain = "answers";
    private const string Text = "The lease of the mill ends on 3 May 2031. The miller pays forty florins a year.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Domains_are_those_that_are_enabled()
    {
        var caller = await CallerAsync();
        var domains = (await caller.Http.GetFromJsonAsync<JsonElement>("/api/v1/domains", Token)).GetProperty("items").EnumerateArray();
        var domain = Assert.Single(domains, item => item.GetProperty("id").GetString() == Domain);
        Assert.Equal("""{"id":"answers","name":"The domain answers","version":"1.2.3","mode":"extractive"}""", domain.GetRawText());
    }

    [Fact]
    public async Task Question_with_evidence_is_answered_with_quotes_that_stand_in_the_document()
    {
        var caller = await CallerAsync();
        var document = await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "mill.txt", Text);
        var reply = await caller.Http.PostAsJsonAsync(Path("answers"), new { question = "When does the lease of the mill end?" }, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var answer = await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(["status", "text", "sentences", "citations", "receipt", "references"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal("answered", answer.GetProperty("status").GetString());
        Assert.Equal(
            ["mode", "model", "adapter", "tokensIn", "tokensOut", "firstTokenMs", "totalMs", "tokensPerSecond", "passages", "cut", "bytesSent"],
            answer.GetProperty("receipt").EnumerateObject().Select(field => field.Name));
        var citations = answer.GetProperty("citations").EnumerateArray().ToList();
        Assert.NotEmpty(citations);
        Assert.All(citations, citation =>
        {
            Assert.Equal(["documentId", "documentName", "page", "path", "start", "end", "quote", "alsoIn"], citation.EnumerateObject().Select(field => field.Name));
            Assert.Equal(document, citation.GetProperty("documentId").GetGuid());
            Assert.Equal("mill.txt", citation.GetProperty("documentName").GetString());
            Assert.Equal(
                Text[citation.GetProperty("start").GetInt32()..citation.GetProperty("end").GetInt32()], citation.GetProperty("quote").GetString());
        });
        Assert.All(answer.GetProperty("sentences").EnumerateArray(), sentence =>
        {
            Assert.Equal(["text", "start", "end", "citations"], sentence.EnumerateObject().Select(field => field.Name));
            Assert.All(sentence.GetProperty("citations").EnumerateArray(), index => Assert.InRange(index.GetInt32(), 0, citations.Count - 1));
        });
    }

    [Fact]
    public async Task Question_without_evidence_is_refused_in_the_words_of_the_domain()
    {
        var caller = await CallerAsync();
        var reply = await caller.Http.PostAsJsonAsync(Path("answers"), new { question = "Who was Ada Lovelace?" }, Token);
        var answer = await reply.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("refused", answer.GetProperty("status").GetString());
        Assert.Equal(TestDomain.Refusal, answer.GetProperty("text").GetString());
        Assert.Empty(answer.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task Stream_has_the_events_of_the_contract_and_ends_with_the_body()
    {
        var caller = await CallerAsync();
        await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "mill.txt", Text);
        var reply = await caller.Http.PostAsJsonAsync(Path("answers"), new { question = "When does the lease of the mill end?", stream = true }, Token);
        Assert.Equal("text/event-stream", reply.Content.Headers.ContentType?.MediaType);
        var events = ServerEvents.Read(await reply.Content.ReadAsStringAsync(Token));
        Assert.Equal("sources", events[0].Name);
        Assert.Equal("completed", events[^1].Name);
        Assert.Single(events, one => one.Name is "completed" or "refused" or "error");
        Assert.Equal(["sources", "delta", "sentence", "completed"], events.Select(one => one.Name).Distinct());
        Assert.Equal(["passages"], events[0].Data.EnumerateObject().Select(field => field.Name));
        var sentence = events.First(one => one.Name == "sentence").Data;
        Assert.Equal(["index", "start", "end", "citations", "passed"], sentence.EnumerateObject().Select(field => field.Name));
        var answer = events[^1].Data;
        Assert.Equal("answered", answer.GetProperty("status").GetString());
        Assert.Equal(
            answer.GetProperty("text").GetString(),
            string.Concat(events.Where(one => one.Name == "delta").Select(one => one.Data.GetProperty("text").GetString())));
    }

    [Fact]
    public async Task Stream_of_a_question_without_evidence_ends_as_refused()
    {
        var caller = await CallerAsync();
        var reply = await caller.Http.PostAsJsonAsync(Path("answers"), new { question = "Who was Ada Lovelace?", stream = true }, Token);
        var events = ServerEvents.Read(await reply.Content.ReadAsStringAsync(Token));
        Assert.Equal("refused", events[^1].Name);
        Assert.Equal("refused", events[^1].Data.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Document_that_is_deleted_but_not_purged_is_neither_found_nor_cited()
    {
        var caller = await CallerAsync();
        var gone = await TestDomain.AddDocumentAsync(host, caller.Tenant, Domain, "gone.txt", Text);
        await using (var scope = host.Scope(caller.Tenant))
        {
            await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Documents.Where(row => row.Id == gone)
                .ExecuteUpdateAsync(row => row.SetProperty(x => x.DeletedAt, TimeProvider.System.GetUtcNow()), Token);
        }

        var answer = await (await caller.Http.PostAsJsonAsync(Path("answers"), new { question = "When does the lease of the mill end?" }, Token))
            .Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("refused", answer.GetProperty("status").GetString());
        var found = await (await caller.Http.PostAsJsonAsync(Path("search"), new { query = "mill" }, Token)).Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Empty(found.GetProperty("passages").EnumerateArray());
    }

    [Fact]
    public async Task Documents_of_another_tenant_are_neither_found_nor_cited()
    {
        var (one, other) = (await CallerAsync(), await CallerAsync());
        await TestDomain.AddDocumentAsync(host, one.Tenant, Domain, "mill.txt", Text);
        var answer = await (await other.Http.PostAsJsonAsync(Path("answers"), new { question = "When does the lease of the mill end?" }, Token))
            .Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("refused", answer.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{"question":""}""", 400, "invalid-request")]
    [InlineData("""{"question":" \n\t "}""", 400, "invalid-request")]
    [InlineData("""{"question":null}""", 400, "invalid-json")]
    [InlineData("""{}""", 400, "invalid-json")]
    [InlineData("""{"question":"a","topic":1}""", 400, "invalid-json")]
    [InlineData("""{"question":"a","stream":"yes"}""", 400, "invalid-json")]
    [InlineData("""{"question":"a","filter":{"from":"2031-02-30"}}""", 400, "invalid-json")]
    [InlineData("""{"question":"a","filter":{"colour":"red"}}""", 400, "invalid-json")]
    [InlineData("""{"question":"a","filter":{"tags":[null]}}""", 400, "invalid-request")]
    [InlineData("""{"question":"a","filter":{"from":"2031-01-02","to":"2031-01-01"}}""", 400, "invalid-request")]
    [InlineData("""{"question":"a","conversationId":"0192f0c1-2d3e-7000-8000-000000000001"}""", 404, "not-found")]
    [InlineData("""{"question":"a",""", 400, "invalid-json")]
    [InlineData("""question""", 400, "invalid-json")]
    [InlineData("", 400, "invalid-request")]
    public async Task Question_that_cannot_be_asked_gets_a_problem(string body, int status, string code)
    {
        var caller = await CallerAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await ProblemAssert.IsAsync(status, code, await caller.Http.PostAsync(Path("answers"), content, Token));
    }

    [Theory]
    [InlineData(AskQuestion.Longest + 1, 400, "invalid-request", "8000 characters")]
    [InlineData(1024 * 1024, 413, "too-large", "Send less")]
    public async Task Question_that_is_too_long_gets_a_problem_that_says_what_to_do(int length, int status, string code, string words)
    {
        var caller = await CallerAsync();
        using var reply = await caller.Http.PostAsJsonAsync(Path("answers"), new { question = new string('a', length), stream = true }, Token);
        await ProblemAssert.IsAsync(status, code, reply);
        Assert.Contains(words, await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_domain_gets_a_problem()
    {
        var caller = await CallerAsync();
        await ProblemAssert.IsAsync(
            404, "unknown-domain", await caller.Http.PostAsJsonAsync("/api/v1/domains/nowhere/answers", new { question = "a" }, Token));
        await ProblemAssert.IsAsync(
            404, "unknown-domain", await caller.Http.PostAsJsonAsync("/api/v1/domains/nowhere/search", new { query = "a" }, Token));
    }

    private static string Path(string what) => $"/api/v1/domains/{Domain}/{what}";

    private async Task<TestCaller> CallerAsync()
    {
        TestDomain.Load(host, Domain);
        return await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
    }
}
