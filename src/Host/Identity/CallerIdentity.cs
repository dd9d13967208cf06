namespace Tessera.Host.Identity;

/// <summary>Who is asking, and with which rights in the current tenant.</summary>
/// <param name="UserId">The user, also where a key speaks for them.</param>
/// <param name="Role">The user's role in the current tenant.</param>
/// <param name="IsPlatformAdministrator">May manage tenants and plugins; sees no document of another tenant for it.</param>
/// <param name="Scopes">A key's scopes; empty: all rights of the user.</param>
internal sealed record CallerIdentity(
    Guid UserId, TenantRole Role, bool IsPlatformAdministrator, IReadOnlyList<string> Scopes)
{
    /// <summary>The person at the machine, and the host's own jobs: every right in the tenant at hand.</summary>
    public static CallerIdentity Operator { get; } = new(Guid.Empty, TenantRole.TenantAdministrator, true, []);

    public bool Has(Right right) => right == Right.Converse ? Has(Right.Ask) || Has(Right.UseModels) :
        (Scopes.Count == 0 || right == Right.SeeDomains || Scopes.Contains(KeyScope.Of(right), StringComparer.Ordinal)) && right switch
        {
            Right.SeeDomains or Right.ReadDocuments or Right.Ask or Right.UseModels => true,
            Right.WriteDocuments => Role >= TenantRole.Member,
            Right.ManageTenant => Role >= TenantRole.TenantAdministrator,
            Right.Administer => Role >= TenantRole.TenantAdministrator || IsPlatformAdministrator,
            Right.ManagePlatform => IsPlatformAdministrator,
            _ => false,
        };
}
