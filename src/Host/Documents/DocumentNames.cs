using System.Text;

namespace Tessera.Host.Documents;

/// <summary>
/// Names of files and folders are data that people read, never paths to open. What could fool a person or another
/// program is refused where somebody can send it again, and replaced where it comes out of an archive.
/// </summary>
internal static class DocumentNames
{
    private const int LongestName = 255;
    private const int LongestFolder = 512;
    private const char Stand = '_';

    /// <summary>The name, or what is wrong with it and the way out.</summary>
    public static (string Name, string? Problem) ReadName(string? sent)
    {
        var name = Normal(sent);
        return (name, name switch
        {
            "" => "The file has no name. Send one as its file name or as the field name.",
            { Length: > LongestName } => $"A file name is {LongestName} characters at most.",
            _ when name.Any(IsHidden) => "The file name holds control characters. Send another as the field name.",
            _ when name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal) || name is "." or ".." =>
                "A file name holds no path. Send the path as the field folder, and the bare name as the field name.",
            _ => null,
        });
    }

    /// <summary>The folder without slashes at its ends, or what is wrong with it and the way out.</summary>
    public static (string Folder, string? Problem) ReadFolder(string? sent)
    {
        var segments = Normal(sent).Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var folder = string.Join('/', segments);
        return (folder, folder switch
        {
            { Length: > LongestFolder } => $"A folder is {LongestFolder} characters at most.",
            _ when folder.Any(IsHidden) || folder.Contains('\\', StringComparison.Ordinal) || segments.Any(segment => segment is "." or "..") =>
                "folder is names joined by forward slashes, without . or .. and without control characters.",
            _ => null,
        });
    }

    /// <summary>Folder and name of an entry of an archive; whatever it is called, it gets one.</summary>
    public static (string Folder, string Name) OfEntry(string folder, string archive, string entry)
    {
        var segments = Normal(entry).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(segment => segment is not ("." or ".."))
            .Select(segment => Cut(string.Concat(segment.Select(letter => IsHidden(letter) ? Stand : letter)), LongestName))
            .ToList();
        var name = segments.Count == 0 ? "unnamed" : segments[^1];
        return (Cut(string.Join('/', new[] { folder, archive }.Concat(segments.SkipLast(1)).Where(part => part.Length > 0)), LongestFolder), name);
    }

    /// <summary>Control characters, and those that turn the reading direction: they make a name look like another.</summary>
    public static bool IsHidden(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\ufeff';

    // Lone surrogates become the replacement character, which cannot be saved as anything else later.
    private static string Normal(string? sent) => string.IsNullOrWhiteSpace(sent)
        ? ""
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(sent)).Normalize(NormalizationForm.FormC).Trim(' ');

    private static string Cut(string text, int longest) => text.Length <= longest ? text
        : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
