namespace Tessera.Host.Identity;

/// <summary>A user in a tenant.</summary>
internal sealed class UserPlace
{
    public required User User { get; init; }

    public required Membership Membership { get; init; }

    public UserRole Role => User.IsPlatformAdministrator ? UserRole.PlatformAdministrator : Membership.Role switch
    {
        TenantRole.TenantAdministrator => UserRole.TenantAdministrator,
        TenantRole.Member => UserRole.Member,
        _ => UserRole.Reader,
    };

    /// <summary>Gives the role; who may, is asked before.</summary>
    public void Give(UserRole role)
    {
        User.IsPlatformAdministrator = role == UserRole.PlatformAdministrator;
        Membership.Role = role switch
        {
            UserRole.Reader => TenantRole.Reader,
            UserRole.Member => TenantRole.Member,
            _ => TenantRole.TenantAdministrator,
        };
    }
}
