using System.Net;

namespace Tessera.Integration.Models;

/// <summary>How models come from the hub.</summary>
public sealed class ModelPullTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suggestion_is_pulled_by_its_short_name_and_called_so()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Hub.Add("acme/tiny:tiny.gguf", ModelBench.Make());
        var pull = await bench.EndAsync(await bench.PullAsync("tiny-instruct"));
        Assert.Equal(("Done", "tiny-instruct"), (pull.Text("state"), pull.Text("model")));
        Assert.Equal(pull.GetProperty("bytes").GetInt64(), pull.GetProperty("received").GetInt64());
        var model = Assert.Single(await bench.ListAsync());
        Assert.Equal(("tiny-instruct", "acme/tiny:tiny.gguf", "MIT"), (model.Text("name"), model.Text("source"), model.Text("licence")));
        var suggestion = (await bench.Http.CallAsync(HttpMethod.Get, $"{ModelBench.Root}/suggestions")).GetProperty("items")[0];
        Assert.True(suggestion.GetProperty("installed").GetBoolean());
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder, "*.part"));
    }

    [Fact]
    public async Task Pull_shows_how_far_it_is_and_goes_on_where_it_was_stopped()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        bench.Hub.Add("acme/other:other.gguf", bytes);
        bench.Hub.Halfway = token => Task.Delay(Timeout.Infinite, token);
        var pull = await bench.PullAsync("acme/other:other.gguf");
        while (pull.GetProperty("received").GetInt64() != bytes.Length / 2)
        {
            pull = await bench.EndAsync(pull, "Receiving");
        }

        Assert.Equal(pull.Id(), (await bench.PullAsync("acme/other:other.gguf")).Id());
        await bench.Http.CallAsync(HttpMethod.Delete, $"{ModelBench.Root}/pulls/{pull.Id()}", null, HttpStatusCode.NoContent);
        Assert.Equal("Stopped", (await bench.EndAsync(pull)).Text("state"));

        bench.Hub.Halfway = _ => Task.CompletedTask;
        Assert.Equal("Done", (await bench.EndAsync(await bench.PullAsync("acme/other:other.gguf", "mine"))).Text("state"));
        Assert.Equal(bytes.Length, bench.Hub.Sent);
        Assert.Equal("mine", Assert.Single(await bench.ListAsync()).Text("name"));
    }

    [Fact]
    public async Task Model_that_is_here_already_is_not_fetched()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        await bench.AddAsync(bytes, "here");
        bench.Hub.Add("acme/other:other.gguf", bytes);
        var pull = await bench.EndAsync(await bench.PullAsync("acme/other:other.gguf"));
        Assert.Equal(("Done", "here", 0L), (pull.Text("state"), pull.Text("model"), bench.Hub.Sent));
    }

    [Fact]
    public async Task Too_large_a_model_is_refused_before_it_is_fetched()
    {
        await using var bench = await ModelBench.StartAsync(change: options => options with { ModelMemory = 64L << 20 });
        bench.Hub.Add("acme/huge:huge.gguf", ModelBench.Make(), length: 65L << 20);
        var pull = await bench.EndAsync(await bench.PullAsync("acme/huge:huge.gguf"));
        Assert.Equal(("Failed", 0L), (pull.Text("state"), bench.Hub.Sent));
        Assert.Contains("It would take 65 MB", pull.Text("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_than_the_hub_named_and_files_that_cannot_run_become_no_model()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Hub.Add("acme/forged:forged.gguf", ModelBench.Make(), sha256: new string('a', 64));
        Assert.Contains("not the file", (await bench.EndAsync(await bench.PullAsync("acme/forged:forged.gguf"))).Text("reason"), StringComparison.Ordinal);
        bench.Hub.Add("acme/text:text.gguf", "no model at all"u8.ToArray());
        Assert.Equal("Failed", (await bench.EndAsync(await bench.PullAsync("acme/text:text.gguf"))).Text("state"));
        Assert.Equal("The hub has no such file.", (await bench.EndAsync(await bench.PullAsync("acme/none:none.gguf"))).Text("reason"));
        Assert.Empty(await bench.ListAsync());
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder));
        Assert.Equal(3, (await bench.Http.CallAsync(HttpMethod.Get, $"{ModelBench.Root}/pulls")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Request_that_names_nothing_or_is_of_another_kind_is_refused()
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.Http.ProblemAsync(HttpMethod.Post, ModelBench.Root, new { pull = "" }, 400, "invalid-request");
        await bench.Http.ProblemAsync(HttpMethod.Post, ModelBench.Root, new { pull = "a/b:c", role = "painter" }, 400, "invalid-request");
        await bench.Http.ProblemAsync(HttpMethod.Post, ModelBench.Root, new { pull = new string('x', 100_000) }, 413, "too-large");
        await bench.Http.ProblemAsync(HttpMethod.Post, ModelBench.Root, new { other = "a" }, 400, "invalid-json");
        using var text = new StringContent("a");
        using var reply = await bench.Http.PostAsync(ModelBench.Root, text, Token);
        await ProblemAssert.IsAsync(415, "unsupported-media-type", reply);
    }
}
