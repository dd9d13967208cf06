using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tessera.Soak;

/// <summary>P7: what is acknowledged is on the disk, which no <c>kill -9</c> can show: the system's calls are looked at.</summary>
public sealed partial class DurabilityTests
{
    private const string Missing = "strace is not installed: apt-get install strace.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_is_acknowledged_after_its_bytes_their_folder_and_its_row_were_synced()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), Missing);
        var uploads = Scale.Of(100, 20);
        await using var host = await SoakHost.CreateAsync(RowsKind.Sqlite);
        await host.RequireAsync();
        Assert.NotNull(await Papers.UploadAsync(host.Http, 0, 1, Token));
        await Papers.EndAsync(host.Http);
        var ids = new List<Guid>();
        var file = Path.Combine(host.Folder, "trace");
        using (var trace = Process.Start(new ProcessStartInfo("strace", ["-f", "-qq", "-y", "-s", "20", "-e", "trace=fsync,fdatasync,sendto,sendmsg,write,pwrite64", "-o", file, "-p", $"{host.ProcessId}"]))!)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), Token);
            for (var paper = 1; paper <= uploads; paper++)
            {
                ids.Add((await Papers.UploadAsync(host.Http, paper, 1, Token, asHtml: true))!.Value);
            }

            trace.Kill();
            await trace.WaitForExitAsync(Token);
        }

        var calls = await File.ReadAllLinesAsync(file, Token);
        var (synced, acknowledged) = Count(calls, ids);
        Scale.Print($"P7 Sqlite: {synced} of {acknowledged} uploads were on the disk when they were acknowledged (bar: {uploads} of {uploads})");
        Assert.Equal(uploads, acknowledged);
        Assert.Equal(uploads, synced);

        // The offender: without the syncs of the database none would count.
        Assert.Equal(0, Count([.. calls.Where(call => !call.Contains("tessera.db", StringComparison.Ordinal))], ids).Synced);
    }

    // The bytes that were sent, the folder that they were moved to, and the log of the database, in this order, before the acknowledgement. Reading
    // goes on beside it, so each upload is told by its file and by its id.
    private static (int Synced, int Acknowledged) Count(IReadOnlyList<string> calls, IReadOnlyList<Guid> ids)
    {
        var (synced, acknowledged, step, bytes) = (0, 0, 0, "");
        foreach (var call in calls)
        {
            if (call.Contains("\"HTTP/1.1 202 ", StringComparison.Ordinal))
            {
                (synced, acknowledged, step) = (synced + (step == 3 ? 1 : 0), acknowledged + 1, 0);
            }
            else if (Write().Match(call) is { Success: true } write)
            {
                (bytes, step) = (write.Groups[1].Value, 0);
            }
            else if (Sync().Match(call) is { Success: true } sync && acknowledged < ids.Count)
            {
                var path = sync.Groups[1].Value;
                step = step switch
                {
                    0 when path == bytes => 1,
                    1 when path.Contains("/blobs/", StringComparison.Ordinal) && path.EndsWith($"/{ids[acknowledged].ToString("N")[^2..]}", StringComparison.Ordinal) => 2,
                    2 when path.Contains("tessera.db", StringComparison.Ordinal) => 3,
                    _ => step,
                };
            }
        }

        return (synced, acknowledged);
    }

    [GeneratedRegex(@"write(?:64)?\(\d+<([^>]*/scratch/uploads/[^>]*)>, ""<html>", RegexOptions.NonBacktracking)]
    private static partial Regex Write();

    [GeneratedRegex(@"(?:fsync|fdatasync)\(\d+<([^>]*)>", RegexOptions.NonBacktracking)]
    private static partial Regex Sync();
}
