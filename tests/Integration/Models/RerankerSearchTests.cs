using Tessera.Inference;

namespace Tessera.Integration.Models;

/// <summary>An installed reranker takes part in searches: the engine reads a model of random weights, so that only the road is tested, not its taste.</summary>
public sealed class RerankerSearchTests
{
    private const string Domain = "reranked";
    private const string Route = $"/api/v1/domains/{Domain}/search";

    [Fact]
    public async Task Installed_reranker_orders_the_first_passages_and_a_broken_one_does_not()
    {
        Assert.SkipWhen(EngineState.Read().Missing is not null, EngineState.Read().Missing ?? "");
        await using var bench = await ModelBench.StartAsync();
        TestDomain.Load(bench.Host, Domain);
        for (var i = 0; i < 5; i++)
        {
            await TestDomain.AddDocumentAsync(bench.Host, bench.Tenant, Domain, $"{i}.txt", $"The crane of quay {i} lifts {string.Join(' ', Enumerable.Repeat("cask", i + 1))}.");
        }

        var before = await bench.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask" });
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.GetProperty("reranking").ValueKind);

        var bytes = ModelBench.Make("bert-reranker");
        await bench.AddAsync(bytes, "cross");
        await bench.Http.CallAsync(HttpMethod.Patch, $"{ModelBench.Root}/cross", new { isDefault = true });
        // The first search may be over before the model is loaded: it says so, and the load goes on.
        var read = await bench.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask" });
        while (read.GetProperty("reranking").Text("problem") is "it took longer than 3 s")
        {
            read = await bench.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask" });
        }

        Assert.Equal(("cross", 5, null), (read.GetProperty("reranking").Text("model"), read.GetProperty("reranking").GetProperty("read").GetInt32(), read.GetProperty("reranking").GetProperty("problem").GetString()));
        var scores = read.GetProperty("passages").EnumerateArray().Select(x => x.GetProperty("reread").GetDouble()).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(5, scores.Distinct().Count());
        var searched = await bench.Http.CallAsync(HttpMethod.Post, Route, new { query = "crane cask" });
        Assert.Equal(Names(read), Names(searched));

        var without = await bench.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask", setup = "no-reranker" });
        Assert.Equal(Names(before), Names(without));

        // Its file is gone: the search goes on without it.
        await bench.AddAsync(ModelBench.Make("bert-reranker"), "broken");
        await bench.Http.CallAsync(HttpMethod.Patch, $"{ModelBench.Root}/broken", new { isDefault = true });
        foreach (var file in Directory.EnumerateFiles(bench.Host.Options.ModelsFolder, "*.gguf").Where(x => x != bench.FileOf(bytes)))
        {
            File.Delete(file);
        }

        var broken = await bench.Http.CallAsync(HttpMethod.Post, $"{Route}/explain", new { query = "crane cask" });
        Assert.Equal("it could not be run", broken.GetProperty("reranking").Text("problem"));
        Assert.Equal(Names(before), Names(broken));

        static List<string> Names(System.Text.Json.JsonElement reply) => [.. reply.GetProperty("passages").EnumerateArray().Select(x => x.Text("documentName"))];
    }
}
