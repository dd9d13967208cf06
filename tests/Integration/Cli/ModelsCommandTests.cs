using System.Text.Json;
using Tessera.Host.Cli;
using Tessera.Integration.Models;

namespace Tessera.Integration.Cli;

public sealed class ModelsCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_is_added_listed_checked_and_removed_on_a_running_server()
    {
        await using var bench = await ModelBench.StartAsync();
        using var file = new ModelFileOnDisk("My Model.gguf", ModelBench.Make());
        var added = await RunAsync(bench, "add", file.Path);
        Assert.True(added.ExitCode == ExitCode.Ok, added.Errors);
        Assert.StartsWith("Ready    chat      My-Model (default), llama, ", added.Output, StringComparison.Ordinal);
        var second = await RunAsync(bench, "add", file.Path, "--name", "other", "--json");
        Assert.Equal("My-Model", JsonDocument.Parse(second.Output).RootElement.Text("name"));

        var list = await RunAsync(bench, "list");
        Assert.Contains("My-Model", list.Output, StringComparison.Ordinal);
        Assert.Contains("tiny-instruct  0.1M, MIT", list.Output, StringComparison.Ordinal);
        var both = JsonDocument.Parse((await RunAsync(bench, "list", "--json")).Output).RootElement;
        Assert.Equal((1, 1), (both.GetProperty("items").GetArrayLength(), both.GetProperty("suggestions").GetArrayLength()));

        Assert.Equal(ExitCode.Ok, (await RunAsync(bench, "check")).ExitCode);
        await File.WriteAllTextAsync(bench.FileOf(file.Bytes), "changed", Token);
        var check = await RunAsync(bench, "check", "my-model");
        Assert.Equal(ExitCode.Failed, check.ExitCode);
        Assert.StartsWith("Broken", check.Output, StringComparison.Ordinal);

        var kept = await RunAsync(bench, "remove", "My-Model");
        Assert.Equal(ExitCode.Failed, kept.ExitCode);
        Assert.Contains("default for chat", kept.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await RunAsync(bench, "remove", "My-Model", "--force")).ExitCode);
        Assert.Empty(await bench.ListAsync());
    }

    [Fact]
    public async Task Model_is_pulled_and_made_the_default()
    {
        await using var bench = await ModelBench.StartAsync();
        await bench.AddAsync(ModelBench.Make(), "first");
        bench.Hub.Add("acme/tiny:tiny.gguf", ModelBench.Make());
        var pulled = await RunAsync(bench, "pull", "tiny-instruct", "--default");
        Assert.True(pulled.ExitCode == ExitCode.Ok, pulled.Errors);
        Assert.Contains("tiny-instruct (default)", pulled.Output, StringComparison.Ordinal);
        var failed = await RunAsync(bench, "pull", "acme/none:none.gguf");
        Assert.Equal(ExitCode.Failed, failed.ExitCode);
        Assert.Contains("The hub has no such file.", failed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_file_is_refused_offline_and_the_hub_that_is_not_set_is_named()
    {
        var data = Directory.CreateTempSubdirectory("tessera-models-cli-").FullName;
        try
        {
            using var file = new ModelFileOnDisk("broken.gguf", ModelBench.Make()[..3000]);
            var added = await CommandRun.RunAsync("models", "add", file.Path, "--data", data);
            Assert.Equal(ExitCode.Failed, added.ExitCode);
            Assert.Contains("(model-refused)", added.Errors, StringComparison.Ordinal);
            var pulled = await CommandRun.RunWithAsync("TESSERA_HUB", null, "models", "pull", "acme/tiny:tiny.gguf", "--data", data);
            Assert.Equal(ExitCode.Failed, pulled.ExitCode);
            Assert.NotEmpty(pulled.Errors);
            Assert.Contains("No model is installed", (await CommandRun.RunAsync("models", "list", "--data", data)).Output, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Failed, (await CommandRun.RunAsync("models", "check", file.Path, "--data", data)).ExitCode);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Bench_takes_a_file_or_a_shape()
    {
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("models", "bench")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("models", "bench", "--shape", "7b")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("models", "bench", "x.gguf", "--shape", "1b")).ExitCode);
        Assert.Equal(ExitCode.Failed, (await CommandRun.RunAsync("models", "bench", "nowhere.gguf")).ExitCode);
    }

    [Fact]
    public async Task Trial_is_a_child_that_speaks_in_one_line_and_is_not_shown()
    {
        using var file = new ModelFileOnDisk("broken.gguf", "no model"u8.ToArray());
        var trial = await CommandRun.RunAsync("models", "trial", file.Path, "--role", "chat");
        Assert.Equal(Host.Models.ModelTrial.Refused, trial.ExitCode);
        Assert.Single(trial.Output.Trim().Split('\n'));
        Assert.DoesNotContain("trial", (await CommandRun.RunAsync("models", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_which_file_is_gone()
    {
        var folder = Directory.CreateTempSubdirectory("tessera-models-doctor-").FullName;
        try
        {
            await using var bench = await ModelBench.StartAsync(folder);
            var (kept, lost) = (ModelBench.Make(), ModelBench.Make());
            await bench.AddAsync(kept, "kept");
            await bench.AddAsync(lost, "lost");
            File.Delete(bench.FileOf(lost));
            var (exit, output, _) = await CommandRun.RunAsync("doctor", "--data", bench.Host.Options.DataFolder);
            Assert.Equal(ExitCode.Ok, exit);
            Assert.Contains("model          kept, ", output, StringComparison.Ordinal);
            Assert.Contains("model          lost: Its file is gone.", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(ModelBench bench, string command, params string[] rest) =>
        CommandRun.RunWithKeyAsync(bench.Caller.Key, ["models", command, .. rest, "--url", bench.Host.Address.ToString()]);

    private sealed class ModelFileOnDisk : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("tessera-model-").FullName;

        public ModelFileOnDisk(string name, byte[] bytes)
        {
            (Path, Bytes) = (System.IO.Path.Combine(folder, name), bytes);
            File.WriteAllBytes(Path, bytes);
        }

        public string Path { get; }

        public byte[] Bytes { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
