using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>models pull</c>: a model from the hub; cut short, it goes on where it was when it is called again.</summary>
internal static class ModelsPullCommand
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private static readonly Argument<string> Reference = new("model") { Description = "owner/name:file at the hub, or a name that 'models list' suggests." };

    public static Command Create()
    {
        var command = new Command("pull", "Fetches a model from the hub that TESSERA_HUB names and installs it; goes on where an earlier pull was cut short.")
        {
            Reference, ModelsCommand.Name, ModelsCommand.Role, ModelsCommand.Default,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var pull = await server.PostAsync(
            Models.ModelRoutes.Root,
            new { pull = parsed.GetRequiredValue(Reference), name = parsed.GetValue(ModelsCommand.Name), role = parsed.GetValue(ModelsCommand.Role) },
            cancellationToken);
        pull = await FollowAsync(server, $"{Models.ModelRoutes.Root}/pulls/{pull!["id"]}", pull, cancellationToken);
        if (pull["model"] is not { } name)
        {
            throw new CommandFailedException(Place.OneLine(pull["reason"]?.GetValue<string>() ?? "It failed.", 1000));
        }

        var model = await server.GetAsync(ModelsCommand.Address(name.GetValue<string>()), cancellationToken);
        ModelsCommand.Print(parsed, await ModelsCommand.FinishAsync(server, parsed, model!, cancellationToken));
        return ExitCode.Ok;
    }

    private static async Task<JsonNode> FollowAsync(ServerConnection server, string address, JsonNode pull, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine();
        while (pull["state"]!.GetValue<string>() is "Asking" or "Receiving" or "Checking")
        {
            if (pull["bytes"] is { } bytes && bytes.GetValue<long>() > 0)
            {
                progress.Report(Math.Min(1, (double)pull["received"]!.GetValue<long>() / bytes.GetValue<long>()));
            }

            await Task.Delay(Glance, cancellationToken);
            pull = (await server.GetAsync(address, cancellationToken))!;
        }

        return pull;
    }
}
