using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>models list</c>: every installed model, also those that cannot be used and why, and the suggestions.</summary>
internal static class ModelsListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Shows the installed models, those that cannot be used with the reason, and models worth pulling.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var models = (await server.GetAsync(Models.ModelRoutes.Root, cancellationToken))!["items"]!.AsArray();
        var suggestions = (await server.GetAsync($"{Models.ModelRoutes.Root}/suggestions", cancellationToken))!["items"]!.AsArray();
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(new JsonObject { ["items"] = models.DeepClone(), ["suggestions"] = suggestions.DeepClone() });
            return ExitCode.Ok;
        }

        foreach (var model in models)
        {
            Console.WriteLine(ModelsCommand.Line(model!));
        }

        if (models.Count == 0)
        {
            Console.WriteLine("No model is installed: answers quote. Bring one with 'models add <file>' or 'models pull <name>'.");
        }

        if (suggestions.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("Worth pulling (models pull <name>):");
        }

        foreach (var one in suggestions)
        {
            Console.WriteLine($"{one!["role"],-9} {one["name"]}  {one["parameters"]}, {one["licence"]}{(one["installed"]!.GetValue<bool>() ? ", installed" : "")}");
        }

        return ExitCode.Ok;
    }
}
