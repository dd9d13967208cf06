using System.Collections.Concurrent;
using System.Text.Json;
using Tessera.Unit;

namespace Tessera.Integration.Documents;

/// <summary>Every hostile file of the shared collection, uploaded, ends as its manifest says in time; nothing calls out and the host lives.</summary>
public sealed class HostileEvaluation(HostFixture host)
{
    /// <summary>The Reader's own limit is 8 seconds; the rest is the queue on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Folders => [.. HostileFile.Folders];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Files_of_the_folder_end_as_expected(string folder)
    {
        var root = SharedData.Require("badinput");
        var bench = await Bench.OnAsync(host);
        await using var canary = await Canary.OpenAsync();
        var wrong = new ConcurrentQueue<string>();
        var files = HostileFile.Read(root, folder).ToList();
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(files, two, async (file, _) =>
        {
            if (await CheckAsync(bench, file) is { } problem)
            {
                wrong.Enqueue(problem);
            }
        });
        Assert.NotEmpty(files);
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong));
        Assert.Equal(0, canary.Hits);
        await bench.Http.SearchableAsync(await bench.Http.AddAsync("still alive", "after.txt"));
    }

    private static async Task<string?> CheckAsync(Bench bench, HostileFile file)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var reply = await bench.Http.UploadAsync(file.Bytes, file.Name, ("folder", file.Path.Replace(':', '/')));
        if (!reply.IsSuccessStatusCode)
        {
            return (int)reply.StatusCode is >= 400 and < 500 && file.Expect != "INDEXED" ? null : $"{file.Path} ({file.Expect}): {reply.StatusCode}";
        }

        var ticket = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var document = await bench.Http.EndAsync(ticket.GetProperty("id").GetGuid());
        var time = TimeProvider.System.GetElapsedTime(started);
        return file.IsExpected(document) && time <= Longest
            ? null
            : $"{file.Path} ({file.Expect}) in {time}: {document.GetProperty("status")} {document.GetProperty("reasonCode")} {document.GetProperty("reason")}";
    }
}
