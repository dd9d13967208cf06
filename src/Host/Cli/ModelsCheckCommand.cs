using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Host.Models;
using Tessera.Inference;
using Tessera.Inference.Gguf;

namespace Tessera.Host.Cli;

/// <summary><c>models check</c>: reads installed models anew, or looks at a file before it is brought.</summary>
internal static class ModelsCheckCommand
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Argument<string?> Subject = new("name or file")
    {
        Description = "An installed model, or a GGUF file; left out: every installed model.", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("check", "Reads models anew: hash, header, and for a file whether it would run here; exit 1 where one is not well.") { Subject };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(Subject) is { } subject && File.Exists(subject)
            ? CheckFileAsync(parsed, subject, cancellationToken)
            : CheckInstalledAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> CheckInstalledAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        string[] names = parsed.GetValue(Subject) is { } one
            ? [one]
            : [.. (await server.GetAsync(ModelRoutes.Root, cancellationToken))!["items"]!.AsArray().Select(model => model!["name"]!.GetValue<string>())];
        using var progress = new ProgressLine();
        var models = new JsonArray();
        foreach (var name in names)
        {
            models.Add((await server.AskAsync(HttpMethod.Post, $"{ModelsCommand.Address(name)}/check", null, cancellationToken))!.DeepClone());
            progress.Report((double)models.Count / names.Length);
        }

        progress.Dispose();
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(new JsonObject { ["items"] = models.DeepClone() });
        }
        else
        {
            models.ToList().ForEach(model => Console.WriteLine(ModelsCommand.Line(model!)));
        }

        return models.All(model => model!["state"]!.GetValue<string>() == nameof(ModelState.Ready)) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<int> CheckFileAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var options = Settings.Read(parsed);
        var (card, memory) = (Read(file), new ModelMemory(options));
        using var progress = new ProgressLine();
        var (_, sha256) = await ModelFiles.HashAsync(file, progress, cancellationToken);
        progress.Dispose();
        var reason = card.IsAdapter ? null
            : memory.Problem(memory.Of(card)) ?? await (options.ModelTrial ?? new ModelTrial()).RunAsync(file, card.Role, cancellationToken);
        var words = card.IsAdapter ? "adapter" : ModelRoles.Text(card.Role);
        Console.WriteLine(parsed.GetValue(GlobalOptions.Json)
            ? JsonSerializer.Serialize(new { role = words, card.Architecture, card.Parameters, card.Quantisation, card.ContextTokens, card.License, sha256, reason }, Web)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(reason is null ? "well" : "refused"),-8} {words,-9} {card.Architecture}, {card.Parameters:N0} weights, {card.Quantisation}, {card.ContextTokens} tokens, sha256 {sha256} {Place.OneLine(reason ?? "", 1000)}").TrimEnd());
        return reason is null ? ExitCode.Ok : ExitCode.Failed;
    }

    private static ModelCard Read(string file)
    {
        try
        {
            return ModelCard.Read(file);
        }
        catch (ModelException broken)
        {
            throw new CommandFailedException(broken.Message, inner: broken);
        }
    }
}
