using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;

namespace Tessera.Integration.Faults;

/// <summary>A document's life in a tenant of its own: uploaded, asked, replaced, deleted. Whoever is told of a fault asks again; then all must be as if there had been none.</summary>
internal sealed class FaultStory(FaultHost faults, TestCaller caller)
{
    private const string Root = $"/api/v1/domains/{Documents.TestDomain.Id}";
    private const string Name = "paper.txt";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lives it with one call failing; returns what was called.</summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(FaultHost faults, int failing)
    {
        FaultPlan.LookOn();
        var story = await BeginAsync(faults);
        faults.Plan.Arm(failing);
        await story.UploadAsync("The miller pays forty florins a year.");
        await story.SettleAsync();
        await story.AskAsync();
        await story.UploadAsync("The smith pays in nails.");
        await story.SettleAsync();
        await story.ExpectAsync("The smith pays in nails.");
        await story.DeleteAsync();
        await story.SettleAsync();
        var calls = faults.Plan.Calls;
        faults.Plan.Disarm();
        await story.ExpectNothingAsync();
        return calls;
    }

    /// <summary>Breaks what a document needs; throws where that is noticed, as it must be.</summary>
    public static async Task BreakAsync(FaultHost faults, Action<HostFixture, Document> breaking)
    {
        FaultPlan.LookOn();
        var story = await BeginAsync(faults);
        await story.UploadAsync("The smith pays in nails.");
        await story.SettleAsync();
        await story.ExpectAsync("The smith pays in nails.");
        breaking(faults.Host, await story.RowsAsync(rows => rows.Documents.SingleAsync(Token)));
        await story.ExpectAsync("The smith pays in nails.");
    }

    private static async Task<FaultStory> BeginAsync(FaultHost faults)
    {
        Documents.TestDomain.PutIn(faults.Host.Services);
        return new FaultStory(faults, await faults.Host.AddCallerAsync(await faults.Host.AddTenantAsync(), TenantRole.Member));
    }

    private Task UploadAsync(string text) => InsistAsync(() => caller.Http.UploadAsync(Encoding.UTF8.GetBytes(text), Name), HttpStatusCode.Accepted, HttpStatusCode.OK);

    private Task AskAsync() => InsistAsync(() => caller.Http.SendJsonAsync(HttpMethod.Post, $"{Root}/answers", new { question = "What does the miller pay?" }), HttpStatusCode.OK);

    private async Task DeleteAsync()
    {
        if (await FindAsync() is { } id)
        {
            // A delete that was done and could not be told of is not found again.
            await InsistAsync(() => caller.Http.DeleteAsync(new Uri($"/api/v1/documents/{id}", UriKind.Relative), Token), HttpStatusCode.NoContent, HttpStatusCode.NotFound);
        }
    }

    // A fault is told as a problem, once; asked again it goes.
    private static async Task<string> InsistAsync(Func<Task<HttpResponseMessage>> ask, params HttpStatusCode[] good)
    {
        using var first = await ask();
        var body = await first.Content.ReadAsStringAsync(Token);
        if (good.Contains(first.StatusCode))
        {
            return body;
        }

        Assert.True((int)first.StatusCode is 500 or 503, $"{(int)first.StatusCode}: {body}");
        Assert.Equal("application/problem+json", first.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("Made to fail", body, StringComparison.Ordinal);
        using var again = await ask();
        body = await again.Content.ReadAsStringAsync(Token);
        Assert.True(good.Contains(again.StatusCode), $"{(int)again.StatusCode}: {body}");
        return body;
    }

    // What is to be tried again later is due now, and what nobody has in hand any more is free.
    private async Task SettleAsync()
    {
        for (var started = TimeProvider.System.GetTimestamp(); await RowsAsync(rows => rows.Work.AnyAsync(Token));)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"Work is left after {faults.Plan.Failed}.");
            if (faults.Plan.Failed is not null)
            {
                faults.Time.Move(TimeSpan.FromMinutes(1));
                faults.Host.Services.GetRequiredService<JobClock>().Wake();
            }

            await Task.Delay(100, Token);
        }
    }

    private async Task ExpectAsync(string text)
    {
        var failed = faults.Plan.Failed;
        var row = await RowsAsync(rows => rows.Documents.SingleAsync(Token));
        Assert.True(row is { Status: DocumentStatus.Searchable, DeletedAt: null, Reason: null } && row.IndexedRevision == row.Revision, $"After {failed} it is {row.Status}: {row.Reason}");
        Assert.Equal(row.Chunks, (await StoreAsync(row.Id)).Count);
        Assert.Equal([text], await StoreAsync(row.Id));
        foreach (var format in (string[])["", "?format=text"])
        {
            Assert.Equal(text, await InsistAsync(() => caller.Http.SendJsonAsync(HttpMethod.Get, $"/api/v1/documents/{row.Id}/content{format}"), HttpStatusCode.OK));
        }

        Assert.True(await RowsAsync(rows => rows.Jobs.AllAsync(job => job.FinishedAt != null && job.State == JobState.Done, Token)), $"After {failed} a job is not done.");
        await ExpectFilesAsync($"{row.Id:N}.{row.Revision}", $"{row.Id:N}.{row.Revision}.txt");
    }

    private async Task ExpectNothingAsync()
    {
        Assert.False(await RowsAsync(rows => rows.Documents.AnyAsync(Token)));
        Assert.False(await RowsAsync(rows => rows.Work.AnyAsync(Token)));
        Assert.False(await RowsAsync(rows => rows.Jobs.AnyAsync(Token)));
        Assert.Empty(await StoreAsync(null));
        await ExpectFilesAsync();
    }

    // A file that nobody names goes with the sweep of the next start; beside other hosts, hours later.
    private async Task ExpectFilesAsync(params string[] names)
    {
        faults.Time.Move(TimeSpan.FromHours(7));
        await using (var scope = faults.Host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LeftOvers>().SweepAsync(Token);
        }

        Assert.Equal(names, new Bench(faults.Host, caller).Blobs());
        Assert.Empty(Directory.Exists(faults.Host.Options.UploadsFolder) ? Directory.EnumerateFiles(faults.Host.Options.UploadsFolder) : []);
    }

    // The texts that the index holds: of a document, or any.
    private async Task<IReadOnlyList<string>> StoreAsync(Guid? document)
    {
        await using var scope = faults.Host.Scope(caller.Tenant);
        var store = (await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(caller.Tenant, Documents.TestDomain.Id, Token))!.Store;
        var listed = await store.ListAsync(Token);
        Assert.True(listed.All(revision => revision.Document.Value == document), "The index holds what no row knows.");
        var texts = new List<string>();
        foreach (var revision in listed)
        {
            texts.AddRange((await store.ReadAsync(revision.Document, Token)).Select(chunk => chunk.Text));
        }

        return texts;
    }

    private Task<Guid?> FindAsync() => RowsAsync(rows => rows.Documents.Where(row => row.DeletedAt == null).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(Token));

    private async Task<T> RowsAsync<T>(Func<TenantDbContext, Task<T>> look)
    {
        await using var scope = faults.Host.Scope(caller.Tenant);
        return await look(scope.ServiceProvider.GetRequiredService<TenantDbContext>());
    }
}
