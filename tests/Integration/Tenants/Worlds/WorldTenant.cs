using Tessera.Sdk;

namespace Tessera.Integration.Tenants.Worlds;

/// <summary>One tenant of a world: its administrator, and what must be there for it and for nobody else.</summary>
/// <param name="caller">The administrator.</param>
/// <param name="token">A word that only this tenant's texts hold.</param>
internal sealed class WorldTenant(TestCaller caller, string token)
{
    /// <summary>What all tokens begin with.</summary>
    public const string Sign = "qzjxseal";

    public string Token { get; } = token;

    public TenantId Id => caller.Tenant;

    public Guid UserId => caller.UserId;

    public HttpClient Http => caller.Http;

    /// <summary>A second user, who does nothing.</summary>
    public Guid ClerkId { get; set; }

    /// <summary>A job that waits for next year.</summary>
    public Guid JobId { get; set; }

    /// <summary>The documents that are there, by name.</summary>
    public Dictionary<string, WorldPaper> Papers { get; } = [];

    public List<Guid> Conversations { get; } = [];

    public List<Guid> Questions { get; } = [];

    public List<Guid> Keys { get; } = [caller.KeyId];

    /// <summary>All ids that it ever had: of deleted documents too, which a job is still about.</summary>
    public HashSet<Guid> Ids { get; } = [caller.Tenant.Value, caller.UserId, caller.KeyId];

    /// <summary>An id was given out to it.</summary>
    public Guid Had(Guid id)
    {
        Ids.Add(id);
        return id;
    }
}
