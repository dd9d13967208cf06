using System.CommandLine;
using Tessera.Host.Portal.Parts;

namespace Tessera.Host.Cli;

/// <summary><c>models add</c>: a GGUF file → a model, after its header was checked and it ran once in a process of its own.</summary>
internal static class ModelsAddCommand
{
    private static readonly Argument<string> FilePath = new("file") { Description = "The GGUF file." };

    public static Command Create()
    {
        var command = new Command("add", "Installs a model from a file; exit 1 with the reason where it is refused.")
        {
            FilePath, ModelsCommand.Name, ModelsCommand.Role, ModelsCommand.Default,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var info = new FileInfo(parsed.GetRequiredValue(FilePath));
        if (!info.Exists)
        {
            throw new CommandFailedException($"There is no file '{info}'.");
        }

        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        using var progress = new ProgressLine();
        await using var bytes = new ProgressStream(info.OpenRead(), info.Length, percent => progress.Report(percent / 100.0));
        using var form = new MultipartFormDataContent();
        Add(form, "name", parsed.GetValue(ModelsCommand.Name));
        Add(form, "role", parsed.GetValue(ModelsCommand.Role));
        form.Add(new StreamContent(bytes), "file", Models.ModelName.OfFile(info.Name) ?? "model");
        var model = await server.AskAsync(HttpMethod.Post, Models.ModelRoutes.Root, form, cancellationToken);
        model = await ModelsCommand.FinishAsync(server, parsed, model!, cancellationToken);
        progress.Dispose();
        ModelsCommand.Print(parsed, model);
        return ExitCode.Ok;
    }

    private static void Add(MultipartFormDataContent form, string field, string? value)
    {
        if (value is not null)
        {
            form.Add(new StringContent(value), field);
        }
    }
}
