using System.Diagnostics;
using Tessera.Host.Models;
using Tessera.Inference;

namespace Tessera.Integration.Models;

/// <summary>What becomes of a child that tries a model out.</summary>
public sealed class ModelTrialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Child_that_ends_well_vouches_for_the_file() => Assert.Null(await RunAsync("exit 0"));

    [Fact]
    public async Task Child_says_why_it_refuses() => Assert.Equal("It is no model.", await RunAsync("echo It is no model.; exit 3"));

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -ABRT $$")]
    [InlineData("exit 1")]
    [InlineData("exit 3")]
    [InlineData("echo 'GGML_ASSERT: <secret text of the file>' >&2; exit 134")]
    public async Task Child_that_dies_condemns_the_file_and_its_errors_are_not_repeated(string script)
    {
        var reason = await RunAsync(script);
        Assert.StartsWith("The engine broke down", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_that_does_not_end_is_stopped()
    {
        Assert.Contains("took longer", await RunAsync("sleep 60", TimeSpan.FromMilliseconds(200)), StringComparison.Ordinal);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("sleep 60", cancellationToken: gone.Token));
    }

    [Fact]
    public async Task Child_that_talks_without_end_is_heard_to_the_end_and_cut()
    {
        var reason = await RunAsync("head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2; exit 3");
        Assert.InRange(reason!.Length, 1, 1001);
    }

    [Fact]
    public async Task Child_that_cannot_be_started_is_said_so() => Assert.NotNull(
        await new ModelTrial((_, _) => Start("/nowhere/at/all", ""), TimeSpan.FromSeconds(5)).RunAsync("x", ModelRole.Chat, Token));

    [Fact]
    public async Task Own_executable_is_the_child_and_gives_our_own_words()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        await File.WriteAllTextAsync(path, "no model", Token);
        try
        {
            Assert.StartsWith("The file is no", await new ModelTrial().RunAsync(path, ModelRole.Chat, Token), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<string?> RunAsync(string script, TimeSpan? patience = null, CancellationToken? cancellationToken = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The children of this test are shell scripts.");
        return new ModelTrial((_, _) => Start("/bin/sh", "-c", script), patience ?? TimeSpan.FromMinutes(1)).RunAsync("x", ModelRole.Chat, cancellationToken ?? Token);
    }

    private static ProcessStartInfo Start(string program, params string[] arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
}
