using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>plugins</c>: what publishers and administrators do with packages.</summary>
internal static class PluginsCommand
{
    public const string Route = "/api/v1/admin/plugins";

    public static Command Create() => new("plugins", "Make, look at and install domain packages.")
    {
        PluginsPackCommand.Create(),
        PluginsSignCommand.Create(),
        PluginsInspectCommand.Create(),
        PluginsInstallCommand.Create(),
        PluginsListCommand.Create(),
        PluginsRemoveCommand.Create(),
    };

    /// <summary>An installed package as the API gives it, on one line.</summary>
    public static string Line(JsonNode plugin)
    {
        var line = $"{plugin["state"],-8} {plugin["id"]} {plugin["version"]}  {plugin["publisher"] ?? "publisher is not pinned any more"}{(plugin["bundled"]!.GetValue<bool>() ? ", came with Tessera" : "")}";
        return plugin["reason"] is { } reason ? $"{line}\n         {Place.OneLine(reason.GetValue<string>(), 500)}" : line;
    }
}
