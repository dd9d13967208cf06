using Tessera.Host.Identity;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>
/// Whose work this scope does: set once at the door (request, circuit, job, command), never changed after.
/// </summary>
internal sealed class CurrentTenant
{
    private (TenantId Tenant, CallerIdentity Caller)? current;

    /// <exception cref="InvalidOperationException">Nobody was let in by this scope's door.</exception>
    public TenantId Id => Required.Tenant;

    /// <exception cref="InvalidOperationException">Nobody was let in by this scope's door.</exception>
    public CallerIdentity Caller => Required.Caller;

    public bool IsSet => current is not null;

    private (TenantId Tenant, CallerIdentity Caller) Required =>
        current ?? throw new InvalidOperationException("No tenant is set in this scope.");

    /// <exception cref="InvalidOperationException">A tenant is set already.</exception>
    public void Set(TenantId tenant, CallerIdentity caller)
    {
        if (current is not null)
        {
            throw new InvalidOperationException("The tenant of a scope is set once.");
        }

        if (tenant.Value == Guid.Empty)
        {
            throw new ArgumentException("A tenant has an id.", nameof(tenant));
        }

        current = (tenant, caller);
    }
}
