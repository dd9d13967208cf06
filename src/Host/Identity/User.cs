using Microsoft.AspNetCore.Identity;

namespace Tessera.Host.Identity;

/// <summary>A person. A changed security stamp ends all of their sessions at once.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public bool IsPlatformAdministrator { get; set; }

    /// <summary>Suspended users are refused from the next request on, with cookie and with key.</summary>
    public bool Suspended { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Takes a password that was found good, and lets them try again where they were locked out.</summary>
    public void Take(IPasswordHasher<User> hasher, string password)
    {
        PasswordHash = hasher.HashPassword(this, password);
        (AccessFailedCount, LockoutEnd) = (0, null);
    }
}
