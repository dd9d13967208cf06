using Tessera.Inference;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>What a domain uses for a role, for one tenant. Closed.</summary>
internal abstract record ModelChoice
{
    private ModelChoice()
    {
    }

    /// <summary>No model: answers quote, search is lexical.</summary>
    internal sealed record None : ModelChoice
    {
        public static None Instance { get; } = new();
    }

    /// <summary>A model that runs in this process.</summary>
    /// <param name="Adapter">The domain's own, where the model is the one that it was made for.</param>
    internal sealed record Local(ModelFile Model, AdapterFile? Adapter) : ModelChoice;

    /// <summary>A server elsewhere, which the tenant allowed: what it is asked leaves this machine.</summary>
    /// <param name="Model">What that server calls it.</param>
    internal sealed record Remote(RemoteServer Server, string Model) : ModelChoice;
}

/// <summary>A server elsewhere. No record: its key must not show where it is printed.</summary>
internal sealed class RemoteServer(TenantId tenant, Uri baseUrl, string? apiKey)
{
    public TenantId Tenant { get; } = tenant;

    public Uri BaseUrl { get; } = baseUrl;

    public string? ApiKey { get; } = apiKey;
}
