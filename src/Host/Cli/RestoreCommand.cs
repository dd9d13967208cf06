using System.CommandLine;
using System.Text.Json;
using Tessera.Host.Backups;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary><c>restore</c>: brings a backup into an empty place; <c>serve</c> goes on from there.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> From = new("file") { Description = "A file that 'backup' wrote." };

    public static Command Create()
    {
        var command = new Command("restore", "Restores a backup into an empty data folder, and an empty database where one is set. No server may run there.") { From };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(GlobalOptions.Url) is not null)
        {
            throw new CommandFailedException("restore works where the data is to lie, and takes no --url.", ExitCode.Usage);
        }

        var path = parsed.GetRequiredValue(From);
        if (!File.Exists(path))
        {
            throw new CommandFailedException($"There is no file {path}.");
        }

        var summary = await TesseraHost.RestoreAsync(Settings.Read(parsed), new BackupFile(path), cancellationToken);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Replies.Print(JsonSerializer.SerializeToNode(summary, BackupFile.Json));
        }
        else
        {
            Console.WriteLine($"Restored: {summary.Documents} documents of {summary.Tenants} tenants. Start with 'serve'.");
        }

        return ExitCode.Ok;
    }
}
