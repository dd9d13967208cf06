using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Tessera.Sdk;

namespace Tessera.Host.Plugins.Packages;

/// <summary>Versions of the Sdk that a plugin runs on: <c>[1.0,2.0)</c>, a bracket includes its end, a parenthesis does not.</summary>
internal sealed record SdkRange(Version From, bool IncludesFrom, Version To, bool IncludesTo)
{
    /// <summary>The Sdk of this host.</summary>
    public static Version Host { get; } = Version.Parse(
        typeof(DomainModule).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version
        ?? throw new InvalidOperationException("The Sdk has no file version."));

    public bool Contains(Version version)
    {
        var (above, below) = (version.CompareTo(From), version.CompareTo(To));
        return (above > 0 || (above == 0 && IncludesFrom)) && (below < 0 || (below == 0 && IncludesTo));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out SdkRange? range)
    {
        range = null;
        if (text is not { Length: > 4 } || text[0] is not ('[' or '(') || text[^1] is not (']' or ')') || text[1..^1].Split(',') is not [var from, var to]
            || Parse(from) is not { } first || Parse(to) is not { } last)
        {
            return false;
        }

        range = new SdkRange(first, text[0] == '[', last, text[^1] == ']');
        return true;
    }

    // Four parts always, or 1.0 would come before 1.0.0.0.
    private static Version? Parse(string text) => Version.TryParse(text.Trim(), out var version)
        ? new Version(version.Major, version.Minor, Math.Max(0, version.Build), Math.Max(0, version.Revision))
        : null;
}
