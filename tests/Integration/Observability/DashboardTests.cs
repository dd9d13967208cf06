using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Integration.Documents;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Sdk;

namespace Tessera.Integration.Observability;

/// <summary>The dashboard asks for nothing that <c>/metrics</c> does not print, nor by labels that it does not have.</summary>
public sealed partial class DashboardTests
{
    private const string Dashboard = "docs/dashboard.json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_of_the_dashboard_is_printed()
    {
        var printed = await PrintedAsync();
        var asked = Expressions(JsonDocument.Parse(await File.ReadAllTextAsync(Checkout.File(Dashboard), Token)).RootElement).ToList();
        Assert.True(asked.Count > 20);
        Assert.All(asked.Where(expression => expression.Contains('(', StringComparison.Ordinal) && !expression.StartsWith("label_values", StringComparison.Ordinal)), expression => Assert.NotEmpty(Names(expression)));
        Assert.Empty(asked.SelectMany(Names).Distinct().Where(name => !IsPrinted(printed, name)));
        Assert.Empty(asked.SelectMany(Labels).Distinct().Where(label => !printed.Contains($"{label}=\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_figure_of_ours_is_on_the_dashboard_and_in_the_guide()
    {
        var ours = Ours().Matches(await PrintedAsync()).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(ours.Count > 10);
        foreach (var file in (string[])[Dashboard, "docs/operate.md"])
        {
            var text = await File.ReadAllTextAsync(Checkout.File(file), Token);
            Assert.Empty(ours.Where(name => !text.Contains(name, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Offender_is_caught()
    {
        var printed = await PrintedAsync();
        Assert.Equal(["tessera_wishes_total"], Names("sum by (le) (rate(tessera_wishes_total{job=~\"$job\"}[$__rate_interval]))").Where(name => !IsPrinted(printed, name)));
        Assert.Equal(["WISHES"], Names("sum(WISHES{job=~\"$job\"})").Where(name => !IsPrinted(printed, name)));
        Assert.False(IsPrinted(printed, "tessera_question"));
        Assert.Equal(["tessera_wish"], Labels("sum by (le, tessera_wish) (a)").Where(label => !printed.Contains($"{label}=\"", StringComparison.Ordinal)));
    }

    // A name ends where it ends: not the start of a longer one.
    private static bool IsPrinted(string printed, string name) =>
        printed.Contains($"\n{name}{{", StringComparison.Ordinal) || printed.Contains($"\n{name} ", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string expression) => Name().Matches(expression).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Labels(string expression) => By().Matches(expression)
        .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Where(label => label is not ("le" or "instance"));

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name is "expr" or "query" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Expressions(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    /// <summary>What a host prints that did a bit of everything.</summary>
    private static async Task<string> PrintedAsync()
    {
        await using var host = await HostFixture.StartAsync();
        Documents.TestDomain.PutIn(host.Services);
        var caller = await host.AddCallerAsync(await host.AddTenantAsync(), TenantRole.Member, isPlatformAdministrator: true);
        await caller.Http.SearchableAsync(await caller.Http.AddAsync("The anchor weighs nine hundredweight.", "anchor.txt"));
        using var answer = await caller.Http.PostAsJsonAsync($"/api/v1/domains/{Documents.TestDomain.Id}/answers", new { question = "How much does the anchor weigh?" }, Token);
        answer.EnsureSuccessStatusCode();

        await using (var scope = host.Scope(caller.Tenant))
        {
            var workspace = (await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(caller.Tenant, Documents.TestDomain.Id, Token))!;
            using var model = new CountingChat();
            var modelled = workspace with { Chat = _ => ValueTask.FromResult(new RentedChat(model)) };
            await scope.ServiceProvider.GetRequiredService<AnswerPipeline>().AnswerAsync(modelled, new Question("How much does the anchor weigh?"), Token).ToListAsync(Token);
        }

        for (var left = 200; ; left--)
        {
            // The queue is looked at by a service of its own, which may come later.
            var printed = await caller.Http.GetStringAsync("/metrics", Token);
            if (left == 0 || printed.Contains("\ntessera_jobs_pending", StringComparison.Ordinal))
            {
                return printed;
            }

            await Task.Delay(50, Token);
        }
    }

    // Every selector of ours names its job, so a brace follows each figure.
    [GeneratedRegex(@"([A-Za-z_:][A-Za-z0-9_:]*)\{", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"by \(([^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex By();

    [GeneratedRegex(@"# TYPE (tessera_[a-z0-9_]+) ", RegexOptions.NonBacktracking)]
    private static partial Regex Ours();

    /// <summary>Says one word and how many tokens it took.</summary>
    private sealed class CountingChat : IChatClient
    {
        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Nine hundredweight. ");
            await Task.Delay(1, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 9, OutputTokenCount = 3 })]);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatModelInfo) ? new ChatModelInfo("counting", null, 4096, InProcess: true) : null;

        public void Dispose()
        {
        }
    }
}
