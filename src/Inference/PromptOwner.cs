using Tessera.Sdk;

namespace Tessera.Inference;

/// <summary>Whose prompts a client carries: what was read for one owner is never reused for another.</summary>
/// <param name="Tenant">Takes its turn among the tenants.</param>
/// <param name="User">The person; prefixes of conversations and passages are kept for this person alone.</param>
public readonly record struct PromptOwner(TenantId Tenant, Guid User);
