using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Which names, scopes and expiry dates keys may have.</summary>
internal static class KeyRules
{
    /// <summary>Refuses what a key would be; null: it is taken.</summary>
    public static Outcome<T>.Refused? Refusal<T>(string? name, IReadOnlyList<string>? scopes, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var problem = name is null ? null : PlainName.Problem(name);
        if (scopes is not null && (!scopes.All(KeyScope.All.Contains) || scopes.Distinct(StringComparer.Ordinal).Count() < scopes.Count))
        {
            problem = $"scopes are of {string.Join(", ", KeyScope.All.Order(StringComparer.Ordinal))}, each once; none means all rights of the user.";
        }

        if (expiresAt <= now)
        {
            problem = "expiresAt is over already.";
        }

        return problem is null ? null : new Outcome<T>.Refused(ErrorCode.InvalidRequest, problem);
    }
}
