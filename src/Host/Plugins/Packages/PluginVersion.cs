using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tessera.Host.Plugins.Packages;

/// <summary>Version of a plugin: <c>major.minor.patch</c>, no more.</summary>
internal static class PluginVersion
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out Version? version)
    {
        version = null;
        return text is not null
            && text.Count(letter => letter == '.') == 2
            && Version.TryParse(text, out version)
            && version.ToString() == text;
    }

    /// <exception cref="FormatException">The text was not checked before.</exception>
    public static Version Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no version."));
}
