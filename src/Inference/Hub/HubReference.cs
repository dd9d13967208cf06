using System.IO.Enumeration;

namespace Tessera.Inference.Hub;

/// <summary>What a person writes to name a file on a hub: <c>owner/name:file-or-glob</c>; in a glob <c>*</c> stands for any characters and <c>?</c> for one.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Pattern">A path or a glob of one; compared without regard to case.</param>
internal sealed record HubReference(string Repository, string Pattern)
{
    private const int LongestName = 96;
    private const int LongestPattern = 200;

    /// <exception cref="ModelException">It is not written so.</exception>
    public static HubReference Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var names = (colon < 0 ? text : text[..colon]).Split('/');
        var pattern = colon < 0 ? "" : text[(colon + 1)..];
        return names.Length == 2 && names.All(IsName) && pattern.Length is > 0 and <= LongestPattern && !pattern.Any(x => char.IsControl(x) || x is '\\' or '"')
            ? new HubReference($"{names[0]}/{names[1]}", pattern)
            : throw new ModelException(ModelFault.BadFile, "A model on the hub is named owner/name:file, where the file may hold * and ?, such as owner/name:*Q4_K_M.gguf.");
    }

    /// <summary>The files meant: the one of just that path, else all that the glob fits, by path or by name.</summary>
    public IReadOnlyList<HubFile> Choose(IReadOnlyList<HubFile> files)
        => files.FirstOrDefault(x => x.Path == Pattern) is { } exact ? [exact] : [.. files.Where(x => Fits(x.Path) || Fits(x.Name))];

    private bool Fits(string name) => FileSystemName.MatchesSimpleExpression(Pattern, name);

    private static bool IsName(string name)
        => name.Length is > 0 and <= LongestName && name[0] != '.' && !name.Contains("..", StringComparison.Ordinal)
        && name.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_' or '.');
}
