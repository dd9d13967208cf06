using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Which names and passwords users may have.</summary>
internal static class UserRules
{
    private const int Longest = 64;

    /// <summary>Refuses a name or a password; null: both are taken.</summary>
    public static Outcome<T>.Refused? Refusal<T>(string name, string? password)
    {
        if (name.Length is 0 or > Longest || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '@' or '+'))
        {
            return new Outcome<T>.Refused(
                ErrorCode.InvalidRequest, $"A user's name has 1 to {Longest} characters: letters a to z, digits, and - . _ @ +.");
        }

        var weakness = password is null ? null
            : password.Contains(name, StringComparison.OrdinalIgnoreCase) && password.Length - name.Length < SecretRules.MinimumPassword / 2
                ? "it is little more than the name."
                : SecretRules.PasswordWeakness(password);
        return weakness is null ? null : new Outcome<T>.Refused(ErrorCode.WeakSecret, $"The password is refused: {weakness}");
    }
}
