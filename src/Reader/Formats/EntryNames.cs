using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Names of entries in containers. Both slashes separate, whichever system made the container.</summary>
internal static class EntryNames
{
    /// <exception cref="UnreadableException">unsafe-archive: the name leads out of the folder that it would be unpacked into.</exception>
    public static void Check(string name)
    {
        var drive = name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]);
        if (drive || name.StartsWith('/') || name.StartsWith('\\') || name.Split('/', '\\').Any(x => x.AsSpan().Trim() is ".."))
        {
            throw new UnreadableException("unsafe-archive", "An entry's name leads outside the archive. Nothing was unpacked.");
        }
    }

    /// <summary>The name to show: forward slashes, control and direction-changing characters replaced, at most 500 characters.</summary>
    public static string Shown(string name)
    {
        var result = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var hidden = category is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format;
            result.Append(rune.Value == '\\' ? "/" : hidden ? "\uFFFD" : rune.ToString());
        }

        var shown = result.ToString().Trim('/', ' ');
        return shown.Length == 0 ? "unnamed" : shown.Length <= 500 ? shown : "…" + shown[^499..];
    }

    /// <summary>Files that systems and tools add, which no one wrote.</summary>
    public static bool IsOfSystem(string shown)
    {
        var parts = shown.Split('/');
        return parts[..^1].Any(x => x is "__MACOSX" or ".git" or ".svn" or ".hg") || parts[^1] is ".DS_Store" or "Thumbs.db" or "desktop.ini";
    }
}
