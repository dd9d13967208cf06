using System.Text.Json.Serialization;

namespace Tessera.Host.Identity;

/// <summary>A user as administrators see them.</summary>
/// <param name="Role">Reader, Member, TenantAdministrator or PlatformAdministrator.</param>
internal sealed record UserView(Guid Id, Guid TenantId, string Name, string Role, bool Suspended, DateTimeOffset CreatedAt)
{
    /// <summary>The password that was made for them: in the reply that made it, never again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    public static UserView Of(UserPlace place) => new(
        place.User.Id,
        place.Membership.TenantId.Value,
        place.User.UserName ?? "",
        place.Role.ToString(),
        place.User.Suspended,
        place.User.CreatedAt);
}
