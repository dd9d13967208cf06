using System.Collections.Frozen;
using System.Reflection;

namespace Tessera.Host.Identity;

/// <summary>Which passwords and keys are refused whatever their length.</summary>
internal static class SecretRules
{
    public const int MinimumPassword = 10;
    public const int MaximumLength = 256;
    private const int FewestDifferent = 5;

    private static readonly FrozenSet<string> Known = ReadKnown();

    /// <summary>Why a secret is refused, as a sentence; null: it is not.</summary>
    public static string? Weakness(string secret)
    {
        if (Known.Contains(secret.Trim()))
        {
            return "this is a well-known default. Choose one of your own.";
        }

        return secret.Distinct().Count() < FewestDifferent
            ? "it repeats too few characters. Choose one of your own."
            : null;
    }

    /// <summary>Why a password is refused, as a sentence; null: it is not.</summary>
    public static string? PasswordWeakness(string password) => password.Length switch
    {
        < MinimumPassword => $"a password has {MinimumPassword} characters or more.",
        > MaximumLength => $"a password has {MaximumLength} characters or fewer.",
        _ => Weakness(password),
    };

    private static FrozenSet<string> ReadKnown()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("default-secrets.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
