using System.CommandLine;

namespace Tessera.Host.Cli;

/// <summary>Options that every command takes, and what the environment says where they are left out.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder that holds all data (TESSERA_DATA; default: ./data).",
        Recursive = true,
        HelpName = "folder",
    };

    public static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "Tenant that the command acts in.",
        Recursive = true,
        HelpName = "name",
        DefaultValueFactory = _ => "default",
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print JSON: the body that the REST API gives.",
        Recursive = true,
    };

    public static readonly Option<string?> Url = new("--url")
    {
        Description = "Send the command to a running server at this address, with the key in TESSERA_KEY.",
        Recursive = true,
        HelpName = "address",
    };

    public static IReadOnlyList<Option> All { get; } = [Data, Tenant, Json, Url];
}
