using System.Collections.Frozen;
using Tessera.Sdk;

namespace Tessera.Modules.Medical;

/// <summary>What a section of a medical text is for, told by its heading.</summary>
/// <param name="Title">The heading as written.</param>
/// <param name="Role">One of the first words of <c>section-roles.txt</c>.</param>
internal sealed record SectionRole(string Title, string Role)
{
    private const int LongestHeading = 60;

    private static readonly FrozenDictionary<string, string> Roles = Load();

    /// <summary>The role of the innermost heading that has one; empty for none.</summary>
    public static string OfTrail(string path) =>
        path.Split(Section.Separator).Reverse().Select(x => Roles.GetValueOrDefault(Key(x), "")).FirstOrDefault(x => x.Length > 0) ?? "";

    /// <summary>
    /// Reads a line that is a known heading by itself, or opens with one and a colon as structured abstracts do
    /// (<c>METHODS: We …</c>); null for any other line.
    /// </summary>
    public static SectionRole? OfLine(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var colon = line.IndexOf(':');
        var heading = colon is > 0 and <= LongestHeading ? line[..colon] : line;
        if (heading.Length is 0 or > LongestHeading || !char.IsUpper(heading[0]))
        {
            return null;
        }

        var title = heading.Trim().ToString();
        return Roles.TryGetValue(Key(title), out var role) ? new SectionRole(title, role) : null;
    }

    private static string Key(string heading) => heading.Trim(' ', '.', ':', '#', '*').ToLowerInvariant();

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(SectionRole).Assembly.GetManifestResourceStream("section-roles.txt")
            ?? throw new InvalidOperationException("section-roles.txt is not in the assembly.");
        using var reader = new StreamReader(stream);
        var roles = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            foreach (var heading in parts.Length == 2 ? parts[1].Split(',', StringSplitOptions.TrimEntries) : [])
            {
                roles[heading] = parts[0];
            }
        }

        return roles.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
