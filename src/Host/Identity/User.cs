using Microsoft.AspNetCore.Identity;

namespace Tessera.Host.Identity;

/// <summary>A person. A changed security stamp ends all of their sessions at once.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public bool IsPlatformAdministrator { get; set; }

    /// <summary>Suspended users are refused from the next request on, with cookie and with key.</summary>
    public bool Suspended { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
