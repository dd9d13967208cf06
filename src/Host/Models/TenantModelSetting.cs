using Tessera.Inference;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>What a tenant uses for a role.</summary>
internal sealed class TenantModelSetting
{
    /// <summary>The domain of settings that count for all domains without one of their own.</summary>
    public const string EveryDomain = "";

    public required TenantId TenantId { get; init; }

    public required string DomainId { get; init; }

    public required ModelRole Role { get; init; }

    /// <summary>Null: no model, so answers quote; also what stays of a choice whose model was removed, for what comes next might send text away.</summary>
    public string? ModelSha256 { get; set; }
}
