using System.Net;

namespace Tessera.Integration.Models;

/// <summary>How models come, are named, and go.</summary>
public sealed class ModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_is_checked_kept_by_its_hash_and_shown_with_its_facts()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        var model = await bench.AddAsync(bytes, "Tiny-1");
        Assert.Equal(("Tiny-1", "chat", "Ready", "llama"), (model.Text("name"), model.Text("role"), model.Text("state"), model.Text("architecture")));
        Assert.Equal(ModelBench.Hash(bytes), model.Text("sha256"));
        Assert.Equal((bytes.Length, 512), (model.GetProperty("bytes").GetInt32(), model.GetProperty("contextTokens").GetInt32()));
        Assert.True(model.GetProperty("memoryBytes").GetInt64() > bytes.Length);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(bench.FileOf(bytes), Token));
        Assert.Equal(model.GetRawText(), (await bench.Http.CallAsync(HttpMethod.Get, $"{ModelBench.Root}/tiny-1")).GetRawText());
        Assert.Equal("Tiny-1", Assert.Single(await bench.ListAsync()).Text("name"));
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder, "*.new"));
    }

    [Fact]
    public async Task File_that_is_here_already_is_answered_with_the_model_that_it_is()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        await bench.AddAsync(bytes, "one");
        var again = await bench.AddAsync(bytes, "two", expected: HttpStatusCode.OK);
        Assert.Equal(("one", 1), (again.Text("name"), bench.Trial.Runs));

        File.Delete(bench.FileOf(bytes));
        await bench.AddAsync(bytes, expected: HttpStatusCode.OK);
        Assert.True(File.Exists(bench.FileOf(bytes)));
    }

    [Fact]
    public async Task Broken_file_is_refused_before_the_engine_sees_it()
    {
        await using var bench = await ModelBench.StartAsync();
        foreach (var bytes in (byte[][])[[], "GGUF"u8.ToArray(), ModelBench.Make()[..5000]])
        {
            using var form = ModelBench.Form(bytes);
            using var reply = await bench.Http.PostAsync(ModelBench.Root, form, Token);
            await ProblemAssert.IsAsync(422, "model-refused", reply);
        }

        Assert.Equal(0, bench.Trial.Runs);
        Assert.Empty(await bench.ListAsync());
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder));
    }

    [Fact]
    public async Task File_that_the_engine_cannot_run_is_refused_with_its_reason()
    {
        await using var bench = await ModelBench.StartAsync();
        bench.Trial.Reason = "The engine broke down.";
        var refused = await bench.AddAsync(ModelBench.Make(), expected: HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("model-refused", "The engine broke down."), (refused.Text("code"), refused.Text("detail")));
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder));
    }

    [Fact]
    public async Task Model_that_does_not_fit_into_memory_is_refused_with_the_figures()
    {
        await using var bench = await ModelBench.StartAsync(change: options => options with { ModelMemory = 64L << 20 });
        var wide = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            // 64 MB of keys and values over a file of some megabytes.
            Inference.Gguf.RandomModel.Write(wide, new Inference.Gguf.RandomModelShape { Layers = 16, Width = 256, FeedForward = 64, Heads = 4, KvHeads = 4, Context = 8192, Weights = "Q8_0" }, 1);
            Assert.True(new FileInfo(wide).Length < 64L << 20);
            var refused = await bench.AddAsync(await File.ReadAllBytesAsync(wide, Token), expected: HttpStatusCode.UnprocessableEntity);
            Assert.Equal("model-refused", refused.Text("code"));
            Assert.Contains("models may take 64 MB together", refused.Text("detail"), StringComparison.Ordinal);
            Assert.Contains("TESSERA_MODEL_MEMORY", refused.Text("detail"), StringComparison.Ordinal);
            Assert.Equal(0, bench.Trial.Runs);
        }
        finally
        {
            File.Delete(wide);
        }
    }

    [Fact]
    public async Task Upload_beyond_the_limit_is_refused()
    {
        await using var bench = await ModelBench.StartAsync(change: options => options with { ModelLimit = 1 << 20 });
        using var form = ModelBench.Form(new byte[(1 << 20) + 1]);
        using var reply = await bench.Http.PostAsync(ModelBench.Root, form, Token);
        await ProblemAssert.IsAsync(413, "too-large", reply);
        Assert.Empty(Directory.EnumerateFiles(bench.Host.Options.ModelsFolder));
    }

    [Theory]
    [InlineData("a b", null, 400, "invalid-request")]
    [InlineData("none", null, 400, "invalid-request")]
    [InlineData("pulls", null, 400, "invalid-request")]
    [InlineData("x", "painter", 400, "invalid-request")]
    [InlineData("x", "reranker", 422, "model-refused")]
    [InlineData("TAKEN", null, 409, "name-taken")]
    public async Task Name_or_role_that_cannot_be_is_refused(string name, string? role, int status, string code)
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.AddAsync(ModelBench.Make(), "taken");
        Assert.Equal(code, (await bench.AddAsync(ModelBench.Make(), name, role, (HttpStatusCode)status)).Text("code"));
    }

    [Fact]
    public async Task Role_comes_from_the_header_or_from_whoever_knows_better()
    {
        await using var bench = await ModelBench.StartAsync();
        Assert.Equal("embedding", (await bench.AddAsync(ModelBench.Make("bert"), "a")).Text("role"));
        Assert.Equal("reranker", (await bench.AddAsync(ModelBench.Make("bert-reranker"), "b")).Text("role"));
        Assert.Equal("embedding", (await bench.AddAsync(ModelBench.Make("qwen3"), "c", "embedding")).Text("role"));
        Assert.DoesNotContain(await bench.ListAsync(), model => model.GetProperty("isDefault").GetBoolean());
    }

    [Fact]
    public async Task First_chat_model_is_the_default_and_another_takes_its_place()
    {
        await using var bench = await ModelBench.StartAsync();
        Assert.True((await bench.AddAsync(ModelBench.Make(), "first")).GetProperty("isDefault").GetBoolean());
        Assert.False((await bench.AddAsync(ModelBench.Make(), "second")).GetProperty("isDefault").GetBoolean());
        var changed = await bench.Http.CallAsync(HttpMethod.Patch, $"{ModelBench.Root}/second", new { name = "Best", isDefault = true });
        Assert.Equal("Best", changed.Text("name"));
        Assert.Equal([("Best", true), ("first", false)], (await bench.ListAsync()).Select(model => (model.Text("name"), model.GetProperty("isDefault").GetBoolean())));
        await bench.Http.ProblemAsync(HttpMethod.Patch, $"{ModelBench.Root}/first", new { name = "BEST" }, 409, "name-taken");
    }

    [Fact]
    public async Task Model_in_use_is_removed_by_force_alone()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        await bench.AddAsync(bytes, "first");
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"{ModelBench.Root}/first", null, 409, "conflict");
        Assert.True(File.Exists(bench.FileOf(bytes)));
        await bench.Http.CallAsync(HttpMethod.Delete, $"{ModelBench.Root}/first?force=true", null, HttpStatusCode.NoContent);
        Assert.False(File.Exists(bench.FileOf(bytes)));
        await bench.Http.ProblemAsync(HttpMethod.Delete, $"{ModelBench.Root}/first", null, 404, "not-found");
    }

    [Fact]
    public async Task Check_finds_a_file_that_was_changed_and_one_that_is_gone()
    {
        await using var bench = await ModelBench.StartAsync();
        var bytes = ModelBench.Make();
        await bench.AddAsync(bytes, "one");
        Assert.Equal("Ready", (await CheckAsync()).Text("state"));
        await File.WriteAllBytesAsync(bench.FileOf(bytes), [.. bytes[..^1], (byte)(bytes[^1] ^ 1)], Token);
        Assert.Equal("Broken", (await CheckAsync()).Text("state"));
        File.Delete(bench.FileOf(bytes));
        Assert.Equal("Missing", (await CheckAsync()).Text("state"));

        Task<System.Text.Json.JsonElement> CheckAsync() => bench.Http.CallAsync(HttpMethod.Post, $"{ModelBench.Root}/one/check");
    }

    [Fact]
    public async Task Start_sweeps_what_no_row_names_and_says_what_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-models-").FullName;
        try
        {
            var (kept, lost) = (ModelBench.Make(), ModelBench.Make());
            await using (var bench = await ModelBench.StartAsync(folder))
            {
                await bench.AddAsync(kept, "kept");
                await bench.AddAsync(lost, "lost");
                File.Delete(bench.FileOf(lost));
                foreach (var left in (string[])["0000.gguf", "1111.new", "2222.part"])
                {
                    await File.WriteAllTextAsync(Path.Combine(bench.Host.Options.ModelsFolder, left), "x", Token);
                }
            }

            await using var again = await ModelBench.StartAsync(folder);
            Assert.Equal([("kept", "Ready"), ("lost", "Missing")], (await again.ListAsync()).Select(model => (model.Text("name"), model.Text("state"))));
            Assert.Equal(
                ["2222.part", $"{ModelBench.Hash(kept)}.gguf"],
                Directory.EnumerateFiles(again.Host.Options.ModelsFolder).Select(Path.GetFileName).OfType<string>().OrderBy(name => name.Length));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
