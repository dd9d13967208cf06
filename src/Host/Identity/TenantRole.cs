namespace Tessera.Host.Identity;

/// <summary>What a member of a tenant may do, least first.</summary>
internal enum TenantRole
{
    Reader,
    Member,
    TenantAdministrator,
}
