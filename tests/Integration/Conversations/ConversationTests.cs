using System.Net;
using System.Net.Http.Json;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Integration.Conversations;

public sealed class ConversationTests(HostFixture host)
{
    private const string Domain = "talking";
    private const string Root = $"/api/v1/domains/{Domain}/conversations";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversation_lives_from_making_to_deleting()
    {
        var caller = await CallerAsync();
        using var reply = await caller.Http.SendJsonAsync(HttpMethod.Post, Root);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        var made = await reply.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Token);
        Assert.Equal(["id", "domain", "title", "createdAt", "updatedAt"], made.EnumerateObject().Select(field => field.Name));
        Assert.Equal((Domain, ""), (made.Text("domain"), made.Text("title")));
        var path = $"{Root}/{made.Id():D}";
        Assert.Equal(path, reply.Headers.Location?.ToString());
        var read = await caller.Http.CallAsync(HttpMethod.Get, path);
        Assert.Equal(["id", "domain", "title", "createdAt", "updatedAt", "turns"], read.EnumerateObject().Select(field => field.Name));
        Assert.Empty(read.GetProperty("turns").EnumerateArray());
        await caller.Http.CallAsync(HttpMethod.Delete, path, expected: HttpStatusCode.NoContent);
        await caller.Http.ProblemAsync(HttpMethod.Get, path, null, 404, "not-found");
        await caller.Http.ProblemAsync(HttpMethod.Delete, path, null, 404, "not-found");
    }

    [Fact]
    public async Task List_is_paged_newest_first()
    {
        var caller = await CallerAsync();
        var made = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await caller.Http.CallAsync(HttpMethod.Post, Root, expected: HttpStatusCode.Created)).Id());
            // Ids sort by the millisecond that they were made in.
            await Task.Delay(2, Token);
        }

        var found = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await caller.Http.CallAsync(HttpMethod.Get, $"{Root}?limit=2&cursor={cursor}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Id()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(Enumerable.Reverse(made), found);
        await caller.Http.ProblemAsync(HttpMethod.Get, $"{Root}?limit=201", null, 400, "invalid-request");
        await caller.Http.ProblemAsync(HttpMethod.Get, $"{Root}?cursor=x", null, 400, "invalid-request");
    }

    [Fact]
    public async Task Conversation_is_its_owners_alone()
    {
        var caller = await CallerAsync();
        var colleague = await host.AddCallerAsync(caller.Tenant, TenantRole.TenantAdministrator);
        var stranger = await CallerAsync();
        var path = $"{Root}/{(await caller.Http.CallAsync(HttpMethod.Post, Root, expected: HttpStatusCode.Created)).Id():D}";
        foreach (var other in (TestCaller[])[colleague, stranger])
        {
            await other.Http.ProblemAsync(HttpMethod.Get, path, null, 404, "not-found");
            await other.Http.ProblemAsync(HttpMethod.Delete, path, null, 404, "not-found");
            var question = new { question = "a", conversationId = path[^36..] };
            await other.Http.ProblemAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/answers", question, 404, "not-found");
            Assert.Empty((await other.Http.CallAsync(HttpMethod.Get, Root)).GetProperty("items").EnumerateArray());
            await other.Http.CallAsync(HttpMethod.Delete, Root, expected: HttpStatusCode.NoContent);
        }

        await caller.Http.CallAsync(HttpMethod.Get, path);
    }

    [Fact]
    public async Task Key_of_the_same_user_sees_what_the_session_began()
    {
        var caller = await CallerAsync();
        using var session = new TestSession(host);
        await session.SignInAsync(caller.UserName, caller.Password);
        var token = await session.TokenAsync();
        session.Http.DefaultRequestHeaders.Add(CallerDoor.TokenHeader, token.Value);
        var made = await session.Http.CallAsync(HttpMethod.Post, Root, expected: HttpStatusCode.Created);
        await caller.Http.CallAsync(HttpMethod.Get, $"{Root}/{made.Id():D}");
    }

    [Fact]
    public async Task Conversation_belongs_to_its_domain()
    {
        const string elsewhere = "talking-elsewhere";
        TestDomain.Load(host, elsewhere);
        var caller = await CallerAsync();
        var id = (await caller.Http.CallAsync(HttpMethod.Post, Root, expected: HttpStatusCode.Created)).Id();
        await caller.Http.ProblemAsync(HttpMethod.Get, $"/api/v1/domains/{elsewhere}/conversations/{id:D}", null, 404, "not-found");
        await caller.Http.ProblemAsync(
            HttpMethod.Post, $"/api/v1/domains/{elsewhere}/answers", new { question = "a", conversationId = id }, 404, "not-found");
        await caller.Http.CallAsync(HttpMethod.Delete, $"/api/v1/domains/{elsewhere}/conversations", expected: HttpStatusCode.NoContent);
        await caller.Http.CallAsync(HttpMethod.Get, $"{Root}/{id:D}");
        await caller.Http.CallAsync(HttpMethod.Delete, Root, expected: HttpStatusCode.NoContent);
        await caller.Http.ProblemAsync(HttpMethod.Get, $"{Root}/{id:D}", null, 404, "not-found");
    }

    [Fact]
    public async Task Unknown_domain_has_none()
    {
        var caller = await CallerAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
        {
            await caller.Http.ProblemAsync(method, "/api/v1/domains/nowhere/conversations", null, 404, "unknown-domain");
        }
    }

    [Fact]
    public async Task Post_sent_again_with_its_key_makes_one()
    {
        var caller = await CallerAsync();
        using var first = await PostAsync(caller);
        using var again = await PostAsync(caller);
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        Assert.True(again.Headers.Contains(Idempotency.ReplayedHeader));
        Assert.Single((await caller.Http.CallAsync(HttpMethod.Get, Root)).GetProperty("items").EnumerateArray());

        static async Task<HttpResponseMessage> PostAsync(TestCaller caller)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Root);
            request.Headers.Add(Idempotency.Header, "once");
            return await caller.Http.SendAsync(request, Token);
        }
    }

    private async Task<TestCaller> CallerAsync()
    {
        TestDomain.Load(host, Domain);
        return await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
    }
}
