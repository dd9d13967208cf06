using System.CommandLine;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary>What the operator set: options first, then the environment, then the defaults of <see cref="TesseraOptions"/>.</summary>
internal static class Settings
{
    public static TesseraOptions Read(ParseResult parsed)
    {
        var options = OptionsReader.FromEnvironment(Variable);
        return parsed.GetValue(GlobalOptions.Data) is { } folder ? options with { DataFolder = folder } : options;
    }

    /// <summary>A variable, or null where it is absent or empty.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static IReadOnlyList<string> List(string name) =>
        Variable(name)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
