using System.Net;
using System.Text;
using System.Text.Json;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>What somebody of a tenant does over HTTP, and what must be so then.</summary>
internal static class WorldActs
{
    private const string Root = $"/api/v1/domains/{TenantWorld.Domain}";
    private const string Question = "When does the lease of the mill end?";
    private static readonly string[] Names = ["a.txt", "b.txt", "c.txt", "deep/a.txt"];

    // The first and the third have the same bytes in every tenant.
    private static readonly Func<string, string>[] Texts =
    [
        _ => "The lease of the mill ends on 3 May 2031. The miller pays forty florins a year.",
        token => $"The lease of the mill ends when {token} says so. The seal of {token} hangs below.",
        _ => "The dam is mended by the town. The miller pays for the boards.",
        token => $"The lease of the forge goes to {token}.\n\nThe smith pays {token} in nails.",
        token => $"{token} keeps the keys of the mill.",
    ];

    public static Task DoAsync(TenantWorld world, WorldTenant who, WorldStep step) => step.Act switch
    {
        WorldAct.Upload => UploadAsync(world, who, step.Pick),
        WorldAct.Delete => DeleteAsync(world, who, step.Pick),
        WorldAct.Retry => RetryAsync(world, who, step.Pick),
        WorldAct.Read => ReadAsync(world, who, step.Pick),
        WorldAct.Search => SearchAsync(world, who, "/search"),
        WorldAct.Explain => SearchAsync(world, who, "/search/explain"),
        WorldAct.Ask => world.CallAsync(who, HttpMethod.Post, $"{Root}/answers", new { question = Question, stream = false }),
        WorldAct.Converse => ConverseAsync(world, who, step.Pick),
        WorldAct.EndConversation => EndConversationAsync(world, who, step.Pick),
        WorldAct.Complete => world.CallAsync(who, HttpMethod.Post, "/v1/chat/completions", new { model = TenantWorld.Domain, messages = new[] { new { role = "user", content = Question } } }),
        WorldAct.AddQuestion => AddQuestionAsync(world, who, step.Pick),
        WorldAct.AddKey => AddKeyAsync(world, who),
        WorldAct.ChangeJob => world.CallAsync(who, HttpMethod.Patch, $"/api/v1/admin/jobs/{who.JobId}", new { paused = step.Pick % 2 == 0 }),
        WorldAct.NameServer => NameServerAsync(world, who),
        WorldAct.SwitchDomain => SwitchDomainAsync(world, who),
        WorldAct.DropTenant => DropAsync(world, who),
        WorldAct.Trespass => WorldTrespass.TryAsync(world, who, world.Other(who, step.Whose), step.Pick),
        WorldAct.Forge => WorldForgery.TryAsync(world, who, world.Other(who, step.Whose)),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static async Task UploadAsync(TenantWorld world, WorldTenant who, int pick)
    {
        var (path, text) = (Names[pick % Names.Length], Texts[pick / Names.Length % Texts.Length](who.Token));
        var (name, folder) = (Path.GetFileName(path), Path.GetDirectoryName(path)!);
        var known = who.Papers.GetValueOrDefault(path);
        var (status, body) = await world.SendAsync(who, HttpMethod.Post, $"{Root}/documents", DocumentCalls.Form(Encoding.UTF8.GetBytes(text), name, ("folder", folder), ("tags", who.Token)));

        // Another tenant's document of this name, or with these bytes, plays no part.
        Assert.True(status == (known?.Text == text ? HttpStatusCode.OK : HttpStatusCode.Accepted), $"{(int)status}: {body}");
        var id = who.Had(JsonDocument.Parse(body).RootElement.Id());
        Assert.True(known is null || known.Id == id, "A new revision became another document.");
        who.Papers[path] = new WorldPaper(id, text);
    }

    private static async Task DeleteAsync(TenantWorld world, WorldTenant who, int pick)
    {
        if (Chosen(who.Papers.Keys, pick) is { } path)
        {
            who.Papers.Remove(path, out var paper);
            await world.CallAsync(who, HttpMethod.Delete, $"/api/v1/documents/{paper!.Id}", expected: HttpStatusCode.NoContent);
        }
    }

    private static async Task RetryAsync(TenantWorld world, WorldTenant who, int pick)
    {
        if (Chosen(who.Papers.Values, pick) is { } paper)
        {
            await world.CallAsync(who, HttpMethod.Post, $"/api/v1/documents/{paper.Id}/retry", expected: HttpStatusCode.Accepted);
        }
    }

    private static async Task ReadAsync(TenantWorld world, WorldTenant who, int pick)
    {
        if (Chosen(who.Papers.Values, pick) is { } paper)
        {
            await who.Http.SearchableAsync(paper.Id);
            Assert.Equal(paper.Text, (await world.SendAsync(who, HttpMethod.Get, $"/api/v1/documents/{paper.Id}/content")).Text);
            Assert.Equal(paper.Text, (await world.SendAsync(who, HttpMethod.Get, $"/api/v1/documents/{paper.Id}/content?format=text")).Text);
            var chunks = await world.CallAsync(who, HttpMethod.Get, $"/api/v1/documents/{paper.Id}/chunks?limit=200");
            Assert.All(chunks.GetProperty("items").EnumerateArray(), chunk => Assert.Contains(chunk.Text("text"), paper.Text, StringComparison.Ordinal));
        }
    }

    private static async Task SearchAsync(TenantWorld world, WorldTenant who, string route)
    {
        await world.SettleAsync(who);
        var found = (await world.CallAsync(who, HttpMethod.Post, Root + route, new { query = "mill lease keys", top = 50 })).GetProperty("passages").EnumerateArray().ToList();
        Assert.Equal(who.Papers.Count > 0, found.Count > 0);
        Assert.Subset(who.Papers.Values.Select(paper => paper.Id).ToHashSet(), found.Select(passage => passage.GetProperty("documentId").GetGuid()).ToHashSet());
    }

    private static async Task ConverseAsync(TenantWorld world, WorldTenant who, int pick)
    {
        // The same key in all tenants: each gets a conversation of its own.
        var (status, body) = await world.SendAsync(who, HttpMethod.Post, $"{Root}/conversations", once: $"once-{pick % 3}");
        Assert.Equal(HttpStatusCode.Created, status);
        var id = who.Had(JsonDocument.Parse(body).RootElement.Id());
        if (!who.Conversations.Contains(id) && (await world.SendAsync(who, HttpMethod.Get, $"{Root}/conversations/{id}")).Status == HttpStatusCode.OK)
        {
            who.Conversations.Add(id);
        }

        if (who.Conversations.Contains(id))
        {
            await world.CallAsync(who, HttpMethod.Post, $"{Root}/answers", new { question = $"{Question} Ask {who.Token}.", conversationId = id });
            var turn = (await world.CallAsync(who, HttpMethod.Get, $"{Root}/conversations/{id}")).GetProperty("turns").EnumerateArray().Last();
            who.Had(turn.Id());
            await world.CallAsync(who, HttpMethod.Put, $"{Root}/conversations/{id}/turns/{turn.Id()}/rating", new { useful = true }, HttpStatusCode.NoContent);
        }
    }

    private static async Task EndConversationAsync(TenantWorld world, WorldTenant who, int pick)
    {
        if (pick % 3 == 0)
        {
            who.Conversations.Clear();
            await world.CallAsync(who, HttpMethod.Delete, $"{Root}/conversations", expected: HttpStatusCode.NoContent);
        }
        else if (Chosen(who.Conversations, pick) is var id && who.Conversations.Remove(id))
        {
            await world.CallAsync(who, HttpMethod.Delete, $"{Root}/conversations/{id}", expected: HttpStatusCode.NoContent);
        }
    }

    private static async Task AddQuestionAsync(TenantWorld world, WorldTenant who, int pick)
    {
        if (Chosen(who.Papers.Values, pick) is { } paper)
        {
            var added = await world.CallAsync(who, HttpMethod.Post, $"{Root}/adaptation/questions", new { question = $"What does {who.Token} say?", documentId = paper.Id }, HttpStatusCode.Created);
            who.Questions.Add(who.Had(added.Id()));
        }
    }

    private static async Task AddKeyAsync(TenantWorld world, WorldTenant who)
    {
        var key = await world.CallAsync(who, HttpMethod.Post, "/api/v1/admin/keys", new { userId = who.ClerkId, name = $"key of {who.Token}" }, HttpStatusCode.Created);
        who.Keys.Add(who.Had(key.Id()));
    }

    // Where texts may be sent, were it enabled, is the tenant's own too.
    private static async Task NameServerAsync(TenantWorld world, WorldTenant who)
    {
        var path = $"/api/v1/admin/tenants/{who.Id}/remote";
        await world.CallAsync(who, HttpMethod.Put, path, new { baseUrl = $"http://127.0.0.1:9/{who.Token}/v1", enabled = false });
        Assert.Contains(who.Token, (await world.CallAsync(who, HttpMethod.Get, path)).ToString(), StringComparison.Ordinal);
    }

    private static async Task SwitchDomainAsync(TenantWorld world, WorldTenant who)
    {
        // What is being read when its domain goes fails, and says so.
        await world.SettleAsync(who);
        var path = $"/api/v1/admin/tenants/{who.Id}/domains/{TenantWorld.Domain}";
        await world.CallAsync(who, HttpMethod.Put, path, new { enabled = false }, HttpStatusCode.NoContent);
        foreach (var tenant in world.Tenants)
        {
            var listed = (await world.CallAsync(tenant, HttpMethod.Get, "/api/v1/domains")).GetProperty("items").EnumerateArray().Any(domain => domain.Text("id") == TenantWorld.Domain);
            Assert.Equal(tenant != who, listed);
            Assert.Equal(tenant == who ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await world.SendAsync(tenant, HttpMethod.Get, $"{Root}/documents")).Status);
        }

        await world.CallAsync(who, HttpMethod.Put, path, new { enabled = true }, HttpStatusCode.NoContent);
    }

    // Two stay, so that there is somebody to look at.
    private static async Task DropAsync(TenantWorld world, WorldTenant who)
    {
        if (world.Tenants.Count > 2)
        {
            await world.SettleAsync(who);
            await world.Platform.Http.CallAsync(HttpMethod.Delete, $"/api/v1/admin/tenants/{who.Id}", expected: HttpStatusCode.NoContent);
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.SendAsync(who, HttpMethod.Get, $"{Root}/documents")).Status);
            world.Tenants.Remove(who);
            await WorldLook.ExpectGoneAsync(world, who);
        }
    }

    private static T? Chosen<T>(ICollection<T> things, int pick) => things.Count == 0 ? default : things.ElementAt(pick % things.Count);
}
