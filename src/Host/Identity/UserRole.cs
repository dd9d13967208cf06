namespace Tessera.Host.Identity;

/// <summary>What an administrator makes of a user, least first: a role in their tenant, or the platform's administrator, who has the highest there too.</summary>
internal enum UserRole
{
    Reader,
    Member,
    TenantAdministrator,
    PlatformAdministrator,
}
