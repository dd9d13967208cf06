using System.Globalization;

namespace Tessera.Host.Identity;

/// <summary>Which names tenants and keys may have: what people can read back.</summary>
internal static class PlainName
{
    public const int Longest = 64;

    /// <summary>Why a name is refused, as a sentence; null: it is not.</summary>
    public static string? Problem(string name) =>
        name.Length is 0 or > Longest || name != name.Trim() || !name.IsNormalized() || name.EnumerateRunes().Any(IsUnseen)
            ? $"A name has 1 to {Longest} characters, begins and ends with none that is blank, and holds no control characters."
            : null;

    private static bool IsUnseen(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
