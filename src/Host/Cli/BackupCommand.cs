using System.CommandLine;
using Tessera.Host.Backups;

namespace Tessera.Host.Cli;

/// <summary><c>backup</c>: all there is in one file, of a data folder that no server uses, or of a running server, which keeps it in its own folder.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string?> To = new("file")
    {
        Description = "Where it is written; nothing may be there yet. Left out, and with --url: into the host's folder of backups.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create()
    {
        var command = new Command("backup", "Writes all data into one file: documents, indexes, users, settings, keys, models. Guard it as you guard the data folder.") { To };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var to = Target(parsed);
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var made = (await server.AskAsync(HttpMethod.Post, BackupRoutes.Root, null, cancellationToken))!;
        if (parsed.GetValue(GlobalOptions.Url) is null)
        {
            var lies = Path.Combine(Settings.Read(parsed).BackupsFolder, made["name"]!.GetValue<string>());
            File.Move(lies, to ??= lies);
        }

        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(made);
            return ExitCode.Ok;
        }

        Console.WriteLine($"{to ?? made["name"]!.GetValue<string>()}: {made["documents"]} documents of {made["tenants"]} tenants, {made["bytes"]} bytes");
        if (made["missing"]!.GetValue<int>() is > 0 and var missing)
        {
            Console.WriteLine($"warning: of {missing} documents a file is missing on the disk, and so in the backup. Upload them again.");
        }

        return ExitCode.Ok;
    }

    private static string? Target(ParseResult parsed)
    {
        if (parsed.GetValue(To) is not { } to)
        {
            return null;
        }

        if (parsed.GetValue(GlobalOptions.Url) is not null)
        {
            throw new CommandFailedException("A running server keeps its backups in a folder of its own, and gives them to nobody. Leave the file out.", ExitCode.Usage);
        }

        to = Path.GetFullPath(to);
        return File.Exists(to) ? throw new CommandFailedException($"{to} is there already. Name another file.")
            : Directory.Exists(Path.GetDirectoryName(to)) ? to
            : throw new CommandFailedException($"There is no folder {Path.GetDirectoryName(to)}.");
    }
}
