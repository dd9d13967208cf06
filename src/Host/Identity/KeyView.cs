namespace Tessera.Host.Identity;

/// <summary>A key as administrators see it: never the key itself.</summary>
/// <param name="Scopes">Empty: all rights of the user.</param>
internal sealed record KeyView(
    Guid Id, Guid UserId, Guid TenantId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static KeyView Of(ApiKey key) => new(
        key.Id, key.UserId, key.TenantId.Value, key.Name, key.Scopes, key.CreatedAt, key.ExpiresAt);
}
