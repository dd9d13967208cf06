using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;
using Tessera.Integration.Indexes;

namespace Tessera.Integration.Adapting;

/// <summary>A tenant's administrator who has the models of medicine adapted, over HTTP.</summary>
internal sealed class AdaptationBench(HostFixture host, TestCaller caller)
{
    public const string Domain = "medical";
    public const string Route = $"/api/v1/domains/{Domain}/adaptation";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public HostFixture Host => host;

    public TestCaller Caller => caller;

    public HttpClient Http => caller.Http;

    /// <summary>A look at the indexes.</summary>
    public IndexBench Indexes { get; } = new(host, caller, Domain);

    /// <summary>The tenant's folder of adapted models and of the text that they are made from.</summary>
    public string Folder => Path.Combine(host.Options.AdaptedFolder, caller.Tenant.Value.ToString("D"));

    /// <summary>The key of the index that the package's models want.</summary>
    public string Shipped => host.Services.GetRequiredService<LoadedPlugins>().Find(Domain)!.Roles.Models.Embedder!.Model.Sha256!;

    /// <summary>All files of the tenant that a run has left.</summary>
    public IReadOnlyList<string> WorkFiles => Path.Combine(Folder, "0-work") is var work && Directory.Exists(work) ? [.. Directory.EnumerateFileSystemEntries(work)] : [];

    /// <summary>Folders of kept models.</summary>
    public IReadOnlyList<string> Kept => Path.Combine(Folder, Domain) is var kept && Directory.Exists(kept) ? [.. Directory.EnumerateDirectories(kept)] : [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AdaptationBench> OnAsync(HostFixture host) =>
        new(host, await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.TenantAdministrator));

    /// <summary>The same tenant on another host over the same data.</summary>
    public AdaptationBench On(HostFixture other) => new(other, caller with { Http = other.Client(caller.Key) });

    /// <summary>Uploads documents and waits until searches see them; their ids.</summary>
    public async Task<IReadOnlyList<Guid>> FillAsync(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var ids = new List<Guid>();
        foreach (var (name, bytes) in files)
        {
            using var reply = await Http.PostAsync(new Uri($"/api/v1/domains/{Domain}/documents", UriKind.Relative), DocumentCalls.Form(bytes, name), Token);
            ids.Add(JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement.Id());
        }

        foreach (var id in ids)
        {
            await Http.SearchableAsync(id);
        }

        return ids;
    }

    public Task<JsonElement> LookAsync() => Http.CallAsync(HttpMethod.Get, Route);

    public Task<JsonElement> StartAsync() => Http.CallAsync(HttpMethod.Post, Route, expected: HttpStatusCode.Accepted);

    /// <summary>Waits until the last run is over; it must have ended so.</summary>
    public async Task<JsonElement> EndAsync(string state)
    {
        for (var started = TimeProvider.System.GetTimestamp(); ; await Task.Delay(100, Token))
        {
            var last = (await LookAsync()).GetProperty("last");
            if (last.Text("state") != "Running")
            {
                Assert.True(last.Text("state") == state, last.ToString());
                return last;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It did not end.");
        }
    }

    /// <summary>Waits until the child runs that learns from this tenant's text.</summary>
    public async Task<Process> ChildAsync()
    {
        Process? child = null;
        await IndexBench.WaitAsync(() => Task.FromResult((child = Child()) is not null));
        return child!;
    }

    /// <summary>Asks in a conversation and marks the answer useful.</summary>
    public async Task RateAsync(string question)
    {
        const string Conversations = $"/api/v1/domains/{Domain}/conversations";
        var id = (await Http.CallAsync(HttpMethod.Post, Conversations, expected: HttpStatusCode.Created)).Id();
        var answer = await Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/answers", new { question, conversationId = id });
        Assert.Equal("answered", answer.Text("status"));
        var turn = (await Http.CallAsync(HttpMethod.Get, $"{Conversations}/{id}")).GetProperty("turns")[0].Id();
        await Http.CallAsync(HttpMethod.Put, $"{Conversations}/{id}/turns/{turn}/rating", new { useful = true }, HttpStatusCode.NoContent);
    }

    /// <summary>The text that a search finds first; empty where it finds nothing.</summary>
    public async Task<string> BestAsync(string query)
    {
        var found = await Http.CallAsync(HttpMethod.Post, $"/api/v1/domains/{Domain}/search", new { query, top = 1 });
        return found.GetProperty("passages").EnumerateArray().Select(passage => passage.Text("text")).FirstOrDefault("");
    }

    /// <summary>How many words of a question a document's best passage promises.</summary>
    public async Task<int> PromisedAsync(Guid document, string query)
    {
        var found = await Http.CallAsync(
            HttpMethod.Post, $"/api/v1/domains/{Domain}/search/explain", new { query, top = 1, filter = new { documents = new[] { document } } });
        return found.GetProperty("passages").EnumerateArray().Sum(passage => passage.GetProperty("promises").GetArrayLength());
    }

    public async Task<DomainIndex> RowAsync() => (await Indexes.RowAsync())!;

    private Process? Child() => Process.GetProcesses().FirstOrDefault(process =>
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0') is var words && words.Contains("adapt") && words.Any(word => word.StartsWith(Folder, StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
