using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary><c>ingest</c>: files and folders → searchable documents, a line per file.</summary>
internal static class IngestCommand
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private static readonly Argument<string> Domain = new("domain") { Description = "Id of the domain." };

    private static readonly Argument<string[]> Paths = new("path")
    {
        Description = "Files and folders; a folder is taken with all below it.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command("ingest", "Makes files searchable; exit 1 if any of them fails.") { Domain, Paths };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = FilesToIngest.Find(parsed.GetRequiredValue(Paths));
        await using var server = await ServerConnection.OpenAsync(parsed, cancellationToken);
        var route = $"/api/v1/domains/{Uri.EscapeDataString(parsed.GetRequiredValue(Domain))}/documents";
        var asJson = parsed.GetValue(GlobalOptions.Json);
        var documents = new JsonArray();
        var failed = 0;
        var gate = new Lock();
        await Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (file, token) =>
            {
                var (document, problem) = await IngestAsync(server, route, file, token);
                lock (gate)
                {
                    failed += problem is null ? 0 : 1;
                    if (asJson)
                    {
                        documents.Add(document ?? new JsonObject { ["name"] = file.Name, ["folder"] = file.Folder, ["status"] = "Failed", ["reason"] = problem });
                    }
                    else
                    {
                        Console.WriteLine(problem is null ? $"Searchable  {file.Path}  {document!["chunks"]} passages" : $"Failed      {file.Path}  {problem}");
                    }
                }
            });
        if (asJson)
        {
            Replies.Print(new JsonObject { ["items"] = documents });
        }

        return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<(JsonNode? Document, string? Problem)> IngestAsync(
        ServerConnection server, string route, FileToIngest file, CancellationToken cancellationToken)
    {
        try
        {
            await using var bytes = File.OpenRead(file.Path);
            using var form = new MultipartFormDataContent
            {
                { new StringContent(file.Name), "name" },
                { new StringContent(file.Folder), "folder" },
                { new StreamContent(bytes), "file", "file" },
            };
            var document = await server.AskAsync(HttpMethod.Post, route, form, cancellationToken);
            var id = document!["id"]!.GetValue<string>();
            while (true)
            {
                document = await server.GetAsync($"/api/v1/documents/{id}", cancellationToken);
                switch (document!["status"]!.GetValue<string>())
                {
                    case "Searchable":
                        return (document, null);
                    case "Failed":
                        return (document, Place.OneLine(document["reason"]?.GetValue<string>() ?? "", 500));
                    default:
                        await Task.Delay(Glance, cancellationToken);
                        break;
                }
            }
        }
        catch (CommandFailedException refused)
        {
            return (null, refused.Message);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, unreadable.Message);
        }
    }
}
