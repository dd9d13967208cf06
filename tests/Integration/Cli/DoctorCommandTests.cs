using System.Text.Json;
using Tessera.Host.Cli;
using Tessera.Host.Startup;

namespace Tessera.Integration.Cli;

public sealed class DoctorCommandTests(HostFixture host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machine_that_runs_the_tests_is_well_beside_a_running_server()
    {
        await using var own = await HostFixture.StartAsync();
        var (exit, output, errors) = await CommandRun.RunAsync("doctor", "--json", "--data", own.Options.DataFolder);
        Assert.True(exit == ExitCode.Ok, output + errors);
        var items = JsonDocument.Parse(output).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["settings", "data folder", "reader", "network wall", "tesseract", "pdftoppm", "publishers", "packages", "package", "package", "package", "model engine", "model memory", "sqlite", "limits"],
            items.Select(item => item.Text("name")));
        Assert.All(items, item =>
        {
            Assert.Contains(item.Text("state"), (string[])["ok", "missing"]);
            Assert.NotEmpty(item.Text("detail"));
        });
    }

    [Fact]
    public async Task Reader_that_is_not_there_is_broken() =>
        await ExpectBrokenAsync("reader", "Gone.dll", options => options with { ReaderPath = Path.Combine(options.DataFolder, "Gone.dll") });

    [Fact]
    public async Task Publisher_that_is_not_there_is_broken() =>
        await ExpectBrokenAsync("publishers", "nowhere.pem", options => options with { Publishers = ["nowhere.pem"] });

    [Fact]
    public async Task Data_folder_that_is_a_file_is_broken() =>
        await ExpectBrokenAsync("data folder", "Tessera.Host.dll", _ => new TesseraOptions { DataFolder = Path.Combine(AppContext.BaseDirectory, "Tessera.Host.dll", "data") });

    [Fact]
    public async Task Ready_is_what_a_running_server_says()
    {
        Assert.Equal(ExitCode.Ok, (await CommandRun.RunAsync("doctor", "--ready", host.Address.ToString())).ExitCode);
        Assert.Equal(ExitCode.Failed, (await CommandRun.RunAsync("doctor", "--ready", "http://127.0.0.1:9")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandRun.RunAsync("doctor", "--ready", "nowhere")).ExitCode);
    }

    private static async Task ExpectBrokenAsync(string name, string named, Func<TesseraOptions, TesseraOptions> change)
    {
        var options = new TesseraOptions { DataFolder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) };
        var check = Assert.Single(await DoctorChecks.RunAsync(change(options), Token), check => check.State == DoctorState.Broken);
        Assert.Equal(name, check.Name);
        Assert.Contains(named, check.Detail, StringComparison.Ordinal);
    }
}
