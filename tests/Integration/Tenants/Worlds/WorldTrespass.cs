using System.Net;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>Ids of another tenant at every door that takes one: each answers as it does to an id that nobody has, and nothing happens to the other.</summary>
internal static class WorldTrespass
{
    private const string Root = $"/api/v1/domains/{TenantWorld.Domain}";

    /// <summary>Tries one of the doors.</summary>
    public static Task TryAsync(TenantWorld world, WorldTenant who, WorldTenant whose, int pick)
    {
        var doors = Doors(whose).ToList();
        return TryAsync(world, who, doors[pick % doors.Count]);
    }

    /// <summary>Tries all of them.</summary>
    public static async Task TryAllAsync(TenantWorld world, WorldTenant who, WorldTenant whose)
    {
        foreach (var door in Doors(whose))
        {
            await TryAsync(world, who, door);
        }

        // What may be named and has nothing for whoever names it.
        foreach (var list in (string[])[$"/api/v1/admin/users?tenantId={whose.Id}", $"/api/v1/admin/keys?userId={whose.UserId}"])
        {
            Assert.Equal(0, (await world.CallAsync(who, HttpMethod.Get, list)).GetProperty("items").GetArrayLength());
        }

        var narrowed = await world.CallAsync(who, HttpMethod.Post, $"{Root}/search", new { query = "mill lease keys", filter = new { documents = whose.Papers.Values.Select(paper => paper.Id).Append(Guid.NewGuid()) } });
        Assert.Equal(0, narrowed.GetProperty("passages").GetArrayLength());
    }

    private static async Task TryAsync(TenantWorld world, WorldTenant who, Door door)
    {
        var (status, text) = await world.SendAsync(who, door.Method, door.Path, door.Body);
        Assert.True(status == HttpStatusCode.NotFound, $"{door.Method} {door.Path}: {(int)status} {text}");
    }

    private static IEnumerable<Door> Doors(WorldTenant whose)
    {
        var (get, post, patch, put, delete) = (HttpMethod.Get, HttpMethod.Post, HttpMethod.Patch, HttpMethod.Put, HttpMethod.Delete);
        foreach (var id in whose.Papers.Values.Take(1).Select(paper => $"/api/v1/documents/{paper.Id}"))
        {
            yield return new(get, id);
            yield return new(get, $"{id}/content");
            yield return new(get, $"{id}/content?format=text");
            yield return new(get, $"{id}/chunks");
            yield return new(post, $"{id}/retry");
            yield return new(delete, id);
            yield return new(post, $"{Root}/adaptation/questions", new { question = "Whose?", documentId = whose.Papers.Values.First().Id });
        }

        foreach (var id in whose.Conversations.Take(1))
        {
            yield return new(get, $"{Root}/conversations/{id}");
            yield return new(delete, $"{Root}/conversations/{id}");
            yield return new(post, $"{Root}/answers", new { question = "Whose?", conversationId = id });
        }

        foreach (var id in whose.Questions.Take(1))
        {
            yield return new(delete, $"{Root}/adaptation/questions/{id}");
        }

        foreach (var id in (string[])[$"/api/v1/admin/jobs/{whose.JobId}", $"/api/v1/admin/keys/{whose.Keys[^1]}", $"/api/v1/admin/users/{whose.ClerkId}"])
        {
            yield return new(get, id);
            yield return new(patch, id, new { });
            yield return new(delete, id);
        }

        var tenant = $"/api/v1/admin/tenants/{whose.Id}";
        yield return new(get, tenant);
        yield return new(patch, tenant, new { name = "taken" });
        yield return new(put, $"{tenant}/domains/{TenantWorld.Domain}", new { enabled = false });
        yield return new(get, $"{tenant}/models");
        yield return new(put, $"{tenant}/models", new { role = "chat", model = "none" });
        yield return new(get, $"{tenant}/remote");
        yield return new(put, $"{tenant}/remote", new { baseUrl = "http://127.0.0.1:9/v1", enabled = false });
        yield return new(delete, $"{tenant}/remote");
        yield return new(post, "/api/v1/admin/keys", new { userId = whose.ClerkId, name = "taken" });
        yield return new(post, "/api/v1/admin/users", new { tenantId = whose.Id.Value, name = $"u-{Guid.NewGuid():N}", role = "Reader", password = "moss-on-nine-stones" });
        yield return new(post, "/api/v1/admin/password-resets", new { name = $"clerk-{whose.Token}" });
    }

    private sealed record Door(HttpMethod Method, string Path, object? Body = null);
}
