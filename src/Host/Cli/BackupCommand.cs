using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tessera.Host.Backups;
using Tessera.Host.Data;

namespace Tessera.Host.Cli;

/// <summary><c>backup</c>: all there is in one file, of a running server or of a data folder that none uses.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> To = new("file") { Description = "Where it is written; nothing may be there yet." };

    public static Command Create()
    {
        var command = new Command("backup", "Writes all data into one file: documents, indexes, users, settings, keys, models. Guard it as you guard the data folder.") { To };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(To));
        if (File.Exists(path))
        {
            throw new CommandFailedException($"{path} is there already. Name another file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new CommandFailedException($"There is no folder {Path.GetDirectoryName(path)}.");
        }

        var part = path + ".part";
        try
        {
            await using (var server = await ServerConnection.OpenAsync(parsed, cancellationToken))
            {
                await FetchAsync(server, part, cancellationToken);
            }

            var summary = await new BackupFile(part).CheckAsync(rows: null, cancellationToken);
            File.Move(part, path);
            DirectorySync.Flush(Path.GetDirectoryName(path)!);
            Print(parsed, path, summary);
            return ExitCode.Ok;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task FetchAsync(ServerConnection server, string part, CancellationToken cancellationToken)
    {
        await using var file = BackupFile.Create(part, FileMode.Create);
        await server.FetchAsync(BackupRoutes.Root, file, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    private static void Print(ParseResult parsed, string path, BackupSummary summary)
    {
        if (parsed.GetValue(GlobalOptions.Json))
        {
            var body = JsonSerializer.SerializeToNode(summary, BackupFile.Json)!.AsObject();
            (body["file"], body["bytes"]) = (JsonValue.Create(path), JsonValue.Create(new FileInfo(path).Length));
            Replies.Print(body);
            return;
        }

        Console.WriteLine($"{path}: {summary.Documents} documents of {summary.Tenants} tenants, {new FileInfo(path).Length} bytes");
        if (summary.Missing > 0)
        {
            Console.WriteLine($"warning: of {summary.Missing} documents a file is missing on the disk, and so in the backup. Upload them again.");
        }
    }
}
