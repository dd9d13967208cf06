using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>models</c>: what writes answers and finds passages.</summary>
internal static class ModelsCommand
{
    public static readonly Option<string?> Name = new("--name") { Description = "What it shall be called; left out: as the suggestion or the file.", HelpName = "name" };

    public static readonly Option<string?> Role = new("--role") { Description = "chat, embedding or reranker; left out: what the file says.", HelpName = "role" };

    public static readonly Option<bool> Default = new("--default") { Description = "Make it the platform's default for its role." };

    public static Command Create() => new("models", "Bring, look at, check and measure models.")
    {
        ModelsListCommand.Create(),
        ModelsAddCommand.Create(),
        ModelsPullCommand.Create(),
        ModelsRemoveCommand.Create(),
        ModelsCheckCommand.Create(),
        ModelsBenchCommand.Create(),
        ModelsTrialCommand.Create(),
    };

    /// <summary>An installed model as the API gives it, on one line.</summary>
    public static string Line(JsonNode model)
    {
        var facts = string.Create(
            CultureInfo.InvariantCulture,
            $"{model["name"]}{(model["isDefault"]!.GetValue<bool>() ? " (default)" : "")}, {model["architecture"]}, {Count(model["parameters"]!.GetValue<long>())} weights, {model["quantisation"]}, {model["contextTokens"]} tokens, {Megabytes(model["bytes"]!.GetValue<long>())} MB, {Megabytes(model["memoryBytes"]!.GetValue<long>())} MB loaded{(model["licence"] is { } licence ? $", {licence}" : "")}");
        var line = $"{model["state"],-8} {model["role"],-9} {Place.OneLine(facts, 500)}";
        return model["reason"] is { } reason ? $"{line}\n         {Place.OneLine(reason.GetValue<string>(), 500)}" : line;
    }

    /// <summary>Makes a model the default where that was asked for; returns it as it is then.</summary>
    public static async Task<JsonNode> FinishAsync(ServerConnection server, ParseResult parsed, JsonNode model, CancellationToken cancellationToken)
    {
        var address = Address(model["name"]!.GetValue<string>());
        return parsed.GetValue(Default)
            ? (await server.AskAsync(HttpMethod.Patch, address, System.Net.Http.Json.JsonContent.Create(new { isDefault = true }), cancellationToken))!
            : model;
    }

    public static string Address(string name) => $"{Models.ModelRoutes.Root}/{Uri.EscapeDataString(name)}";

    /// <summary>Prints a model as a line or as the API gave it.</summary>
    public static void Print(ParseResult parsed, JsonNode model)
    {
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(model);
        }
        else
        {
            Console.WriteLine(Line(model));
        }
    }

    private static string Count(long weights) => weights switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{weights / 1e9:0.#}B"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{weights / 1e6:0}M"),
        _ => weights.ToString("N0", CultureInfo.InvariantCulture),
    };

    private static long Megabytes(long bytes) => (bytes + (1L << 20) - 1) >> 20;
}
