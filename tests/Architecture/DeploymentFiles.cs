using System.Diagnostics;

namespace Tessera.Architecture;

/// <summary>Dockerfile and compose, which no compiler reads. The linters come with <c>npm ci --prefix tools/lint</c>.</summary>
public sealed class DeploymentFiles
{
    [Fact]
    public void Compose_file_lints() => Assert.Equal("", Lint("dclint", "--max-warnings", "0", "docker-compose.yml"));

    [Fact]
    public void Dockerfile_lints() => Assert.Equal("", Lint("dockerfile-utils", "lint", "Dockerfile"));

    [Fact]
    public void Offender_is_caught()
    {
        var bad = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.Dockerfile");
        File.WriteAllText(bad, "FROM scratch\nRUM true\n");
        try
        {
            Assert.Contains("Unknown instruction: RUM", Lint("dockerfile-utils", "lint", bad), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(bad);
        }
    }

    /// <summary>What the linter says; empty when it is content.</summary>
    private static string Lint(string tool, params string[] arguments)
    {
        var path = Path.Combine(House.Root, "tools", "lint", "node_modules", ".bin", tool);
        Assert.SkipUnless(File.Exists(path), $"{tool} is not installed: run npm ci --prefix tools/lint.");
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = House.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : said;
    }
}
