using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary><c>plugins</c>: what publishers and administrators do with packages.</summary>
internal static class PluginsCommand
{
    public static Command Create() => new("plugins", "Make, look at and install domain packages.")
    {
        PluginsPackCommand.Create(),
        PluginsSignCommand.Create(),
        PluginsInspectCommand.Create(),
    };
}
