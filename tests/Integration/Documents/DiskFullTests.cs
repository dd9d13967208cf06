using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tessera.Integration.Documents;

/// <summary>A host of its own whose data lies on a small disk that nobody else sees.</summary>
public sealed class DiskFullTests
{
    private const string Route = "/api/v1/domains/legal/documents";

    [Fact]
    public async Task Full_disk_answers_507_and_heals()
    {
        Assert.SkipUnless(await MayMountAsync(), "This system lets nobody mount a small disk (unshare -rm).");
        var folder = Directory.CreateTempSubdirectory("tessera-disk-").FullName;
        var key = RandomNumberGenerator.GetHexString(64, lowercase: true);
        using var process = Start(folder, key);
        try
        {
            using var http = await ConnectAsync(process, key);
            var before = await AddAsync(http, "kept from before", "before.txt");
            Assert.Equal("Searchable", (await http.EndAsync(before)).GetProperty("status").GetString());

            var ballast = $"/proc/{process.Id}/root{folder}/ballast";
            Fill(ballast);
            using (var refused = await http.PostAsync(Route, Form(new string('x', 2_000_000), "after.txt"), TestContext.Current.CancellationToken))
            {
                await refused.ExpectProblemAsync(507, "disk-full");
            }

            await ExpectFullDatabaseAsync(http);
            Assert.Equal("kept from before", await http.TextAsync(before));
            File.Delete(ballast);
            var after = await AddAsync(http, new string('x', 2_000_000), "after.txt");
            Assert.Equal("Searchable", (await http.EndAsync(after)).GetProperty("status").GetString());
            var listed = await http.GetJsonAsync(Route);
            Assert.Equal([after, before], listed.GetProperty("items").EnumerateArray().Select(x => x.GetProperty("id").GetGuid()));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder);
        }
    }

    private static async Task<bool> MayMountAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]) { RedirectStandardError = true })!;
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        return probe.ExitCode == 0;
    }

    private static Process Start(string folder, string key)
    {
        var start = new ProcessStartInfo(
            "unshare",
            ["-rm", "sh", "-c", "mount -t tmpfs -o size=48m none \"$1\" && exec dotnet exec \"$2\" serve --urls http://127.0.0.1:0 --data \"$1/data\"", "sh", folder, Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["TESSERA_ADMIN_KEY"] = key;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<HttpClient> ConnectAsync(Process process, string key)
    {
        const string ready = "Tessera is ready: ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(ready, StringComparison.Ordinal))
            {
                var http = new HttpClient { BaseAddress = new Uri(line[ready.Length..]) };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
                return http;
            }
        }

        throw new InvalidOperationException("The host ended at its start.");
    }

    private static void Fill(string ballast)
    {
        using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var zeros = new byte[64 * 1024];
        Assert.Throws<IOException>(() =>
        {
            for (var written = 0; written < 1000; written++)
            {
                file.Write(zeros);
            }
        });
    }

    // What the database's files still have room for may succeed; then there is none.
    private static async Task ExpectFullDatabaseAsync(HttpClient http)
    {
        for (var written = 0; written < 1000; written++)
        {
            using var reply = await http.SendJsonAsync(HttpMethod.Post, "/api/v1/admin/tenants", new { name = $"tenant {written}" });
            if (reply.StatusCode != HttpStatusCode.Created)
            {
                await reply.ExpectProblemAsync(507, "disk-full");
                return;
            }
        }

        Assert.Fail("The disk was not full.");
    }

    private static MultipartFormDataContent Form(string text, string name) => DocumentCalls.Form(Encoding.UTF8.GetBytes(text), name);

    private static async Task<Guid> AddAsync(HttpClient http, string text, string name)
    {
        using var reply = await http.PostAsync(Route, Form(text, name), TestContext.Current.CancellationToken);
        var body = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.StatusCode == HttpStatusCode.Accepted, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetGuid();
    }
}
