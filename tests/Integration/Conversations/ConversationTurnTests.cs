using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Integration.Answers;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Integration.Conversations;

public sealed class ConversationTurnTests(HostFixture host)
{
    private const string Text = "The lease of the mill ends on 3 May 2031. The miller pays forty florins a year. The dam is mended by the town.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_becomes_a_turn_as_the_caller_got_it(bool stream)
    {
        var talk = await TalkAsync("turns");
        var body = await talk.AskAsync("When does the lease of the mill end?", stream);
        var conversation = await talk.ReadAsync();
        var turn = Assert.Single(conversation.GetProperty("turns").EnumerateArray());
        Assert.Equal(["id", "question", "answer", "failures", "useful", "createdAt"], turn.EnumerateObject().Select(field => field.Name));
        Assert.Equal("When does the lease of the mill end?", turn.Text("question"));
        Assert.Equal(body.GetRawText(), turn.GetProperty("answer").GetRawText());
        Assert.Equal("When does the lease of the mill end?", conversation.Text("title"));
        Assert.True(conversation.GetProperty("updatedAt").GetDateTimeOffset() >= conversation.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Answer_is_rated_by_its_owner_alone_and_the_rating_can_be_taken_back()
    {
        var talk = await TalkAsync("rated");
        await talk.AskAsync("When does the lease of the mill end?");
        var turn = (await talk.ReadAsync()).GetProperty("turns")[0].Id();
        var rating = $"{talk.Root}/{talk.Id}/turns/{turn}/rating";
        foreach (bool? useful in new bool?[] { true, false, null })
        {
            await talk.Caller.Http.CallAsync(HttpMethod.Put, rating, new { useful }, HttpStatusCode.NoContent);
            var kept = (await talk.ReadAsync()).GetProperty("turns")[0].GetProperty("useful");
            Assert.Equal(useful, kept.ValueKind == JsonValueKind.Null ? null : kept.GetBoolean());
        }

        await talk.Caller.Http.ProblemAsync(HttpMethod.Put, rating.Replace(turn.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal), new { useful = true }, 404, "not-found");
        var colleague = await host.AddCallerAsync(talk.Caller.Tenant, TenantRole.TenantAdministrator);
        await colleague.Http.ProblemAsync(HttpMethod.Put, rating, new { useful = true }, 404, "not-found");
    }

    [Fact]
    public async Task Follow_up_is_understood_with_the_question_before()
    {
        var talk = await TalkAsync("follow");
        Assert.Equal("refused", (await talk.AskAsync("Why?")).Text("status"));
        Assert.Contains("forty florins", (await talk.AskAsync("What does the miller pay?")).Text("text"), StringComparison.Ordinal);
        Assert.Contains("forty florins", (await talk.AskAsync("And why?")).Text("text"), StringComparison.Ordinal);
        var turns = (await talk.ReadAsync()).GetProperty("turns").EnumerateArray().ToList();
        Assert.Equal(["Why?", "What does the miller pay?", "And why?"], turns.Select(turn => turn.Text("question")));
        Assert.Equal(["refused", "answered", "answered"], turns.Select(turn => turn.GetProperty("answer").Text("status")));
        Assert.Equal("Why?", (await talk.ReadAsync()).Text("title"));
    }

    [Fact]
    public async Task Question_with_a_character_that_a_database_may_not_keep_is_answered_and_kept()
    {
        var talk = await TalkAsync("unkept");
        Assert.Equal("answered", (await talk.AskAsync("When does the lease\0 of the mill end?")).Text("status"));
        var turn = Assert.Single((await talk.ReadAsync()).GetProperty("turns").EnumerateArray());
        Assert.Contains(turn.Text("question"), (string[])["When does the lease\0 of the mill end?", "When does the lease\uFFFD of the mill end?"]);
    }

    [Fact]
    public async Task Fault_leaves_no_turn()
    {
        var talk = await TalkAsync("failing", _ => throw new TransientException("away"));
        await talk.Caller.Http.ProblemAsync(HttpMethod.Post, talk.Answers, new { question = "When?", conversationId = talk.Id }, 503, "unavailable");
        using var streamed = await talk.Caller.Http.SendJsonAsync(HttpMethod.Post, talk.Answers, new { question = "When?", conversationId = talk.Id, stream = true });
        Assert.Equal("error", ServerEvents.Read(await streamed.Content.ReadAsStringAsync(Token))[^1].Name);
        await ExpectNoTurnAsync(talk);
    }

    [Fact]
    public async Task Caller_who_leaves_leaves_no_turn()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var talk = await TalkAsync("leaving", async token =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.TrySetResult();
            }
        });
        using var leaving = new CancellationTokenSource();
        var asking = talk.Caller.Http.PostAsJsonAsync(talk.Answers, new { question = "When?", conversationId = talk.Id, stream = true }, leaving.Token);
        await begun.Task.WaitAsync(Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(Token);
        await ExpectNoTurnAsync(talk);
    }

    [Fact]
    public async Task Conversation_deleted_while_it_is_answered_stays_deleted()
    {
        Talk? talk = null;
        talk = await TalkAsync("deleting-talk", _ => talk!.Caller.Http.CallAsync(HttpMethod.Delete, talk.Path, expected: HttpStatusCode.NoContent));
        Assert.Equal("answered", (await talk.AskAsync("When does the lease of the mill end?")).Text("status"));
        await talk.Caller.Http.ProblemAsync(HttpMethod.Get, talk.Path, null, 404, "not-found");
        await using var scope = host.Scope(talk.Caller.Tenant);
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Turns.ToListAsync(Token));
    }

    [Fact]
    public async Task Full_conversation_takes_no_more()
    {
        var talk = await TalkAsync("filling");
        await using var scope = host.Scope(talk.Caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        rows.Turns.AddRange(Enumerable.Range(0, ConversationTurns.Most).Select(_ => new ConversationTurn
        {
            Id = Guid.CreateVersion7(), TenantId = talk.Caller.Tenant, ConversationId = talk.Id, Question = "a", Answer = "{}", CreatedAt = default,
        }));
        await rows.SaveChangesAsync(Token);
        await talk.Caller.Http.ProblemAsync(HttpMethod.Post, talk.Answers, new { question = "a", conversationId = talk.Id }, 409, "conflict");
    }

    [Fact]
    public async Task Deleted_user_leaves_no_conversation()
    {
        var talk = await TalkAsync("leaving-user");
        await talk.AskAsync("When does the lease of the mill end?");
        var colleague = await host.AddCallerAsync(talk.Caller.Tenant, TenantRole.TenantAdministrator);
        var kept = (await colleague.Http.CallAsync(HttpMethod.Post, talk.Root, expected: HttpStatusCode.Created)).Id();
        await colleague.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/users/{talk.Caller.UserId:D}", expected: HttpStatusCode.NoContent);
        await using var scope = host.Scope(talk.Caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        Assert.Equal(kept, (await rows.Conversations.SingleAsync(Token)).Id);
        Assert.Empty(await rows.Turns.ToListAsync(Token));
    }

    [Fact]
    public async Task Conversation_that_outlived_its_user_goes_at_the_next_start()
    {
        var talk = await TalkAsync("outlived");
        await talk.AskAsync("When does the lease of the mill end?");
        await using var scope = host.Scope(talk.Caller.Tenant);
        await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Users.Where(row => row.Id == talk.Caller.UserId).ExecuteDeleteAsync(Token);
        var other = await TalkAsync("outlived");
        await scope.ServiceProvider.GetRequiredService<GoneUsers>().SweepAsync(Token);
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<TenantDbContext>().Conversations.ToListAsync(Token));
        await other.ReadAsync();
    }

    [Fact]
    public async Task Deleted_tenant_leaves_no_conversation()
    {
        var talk = await TalkAsync("leaving-tenant");
        await talk.AskAsync("When does the lease of the mill end?");
        var platform = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader, isPlatformAdministrator: true);
        await platform.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/tenants/{talk.Caller.Tenant}", expected: HttpStatusCode.NoContent);
        await using var scope = host.Scope(talk.Caller.Tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        Assert.Empty(await rows.Conversations.ToListAsync(Token));
        Assert.Empty(await rows.Turns.ToListAsync(Token));
    }

    [Theory]
    [InlineData("Why?", "Why?")]
    [InlineData(" Why \n is it so? ", "Why is it so?")]
    public void Title_is_the_question_on_one_line(string question, string title) => Assert.Equal(title, ConversationTitle.Of(question));

    [Fact]
    public void Long_title_is_cut_at_a_word()
    {
        var title = ConversationTitle.Of(string.Join(' ', Enumerable.Repeat("notice", 20)));
        Assert.Equal("notice notice notice notice notice notice notice notice notice notice notice…", title);
        Assert.Equal(ConversationTitle.Longest, ConversationTitle.Of(new string('x', 200)).Length);
        Assert.Equal(79, ConversationTitle.Of(string.Concat(Enumerable.Repeat("😀", 100))).Length);
    }

    private static async Task ExpectNoTurnAsync(Talk talk)
    {
        var conversation = await talk.ReadAsync();
        Assert.Empty(conversation.GetProperty("turns").EnumerateArray());
        Assert.Equal("", conversation.Text("title"));
    }

    private async Task<Talk> TalkAsync(string domain, Func<CancellationToken, Task>? beforeSearch = null)
    {
        TestDomain.Load(host, new TestDomain(domain, minimumEvidence: 0.28) { BeforeSearch = beforeSearch ?? (_ => Task.CompletedTask) });
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Reader);
        await TestDomain.AddDocumentAsync(host, caller.Tenant, domain, "mill.txt", Text);
        var root = $"/api/v1/domains/{domain}/conversations";
        return new Talk(caller, root, (await caller.Http.CallAsync(HttpMethod.Post, root, expected: HttpStatusCode.Created)).Id());
    }

    private sealed record Talk(TestCaller Caller, string Root, Guid Id)
    {
        public string Path => $"{Root}/{Id:D}";

        public string Answers => Root.Replace("conversations", "answers", StringComparison.Ordinal);

        public async Task<JsonElement> AskAsync(string question, bool stream = false)
        {
            var body = new { question, stream, conversationId = Id };
            if (!stream)
            {
                return await Caller.Http.CallAsync(HttpMethod.Post, Answers, body);
            }

            using var reply = await Caller.Http.SendJsonAsync(HttpMethod.Post, Answers, body);
            return ServerEvents.Read(await reply.Content.ReadAsStringAsync(Token))[^1].Data;
        }

        public Task<JsonElement> ReadAsync() => Caller.Http.CallAsync(HttpMethod.Get, Path);
    }
}
