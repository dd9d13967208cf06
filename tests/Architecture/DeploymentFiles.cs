namespace Tessera.Architecture;

/// <summary>Dockerfile and compose, which no compiler reads, by linters: their syntax and schema.</summary>
public sealed class DeploymentFiles
{
    private static readonly string[] ComposeRules = ["--max-warnings", "0", "-c", "tools/lint/dclint.json"];

    [Fact]
    public void Compose_file_lints() => Assert.Equal("", LintTool.Run("dclint", [.. ComposeRules, "docker-compose.yml"]));

    [Fact]
    public void Dockerfile_lints() => Assert.Equal("", LintTool.Run("dockerfile-utils", "lint", "Dockerfile"));

    [Theory]
    [InlineData("    image: postgres:17", "    imagge: postgres:17", "invalid-schema")]
    [InlineData("    image: postgres:17", "    image: postgres", "service-image-require-explicit-tag")]
    [InlineData("      - '127.0.0.1:80:80'", "      - '80:80'", "no-unbound-port-interfaces")]
    public void Compose_offender_is_caught(string good, string bad, string rule)
    {
        const string Compose = "name: a\n\nservices:\n  b:\n    image: postgres:17\n    ports:\n      - '127.0.0.1:80:80'\n";
        Assert.Equal("", LintTool.RunOn(Compose, "docker-compose.yml", file => LintTool.Run("dclint", [.. ComposeRules, file])));
        Assert.Contains(
            rule,
            LintTool.RunOn(Compose.Replace(good, bad, StringComparison.Ordinal), "docker-compose.yml", file => LintTool.Run("dclint", [.. ComposeRules, file])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_offender_is_caught() => Assert.Contains(
        "Unknown instruction: RUM",
        LintTool.RunOn("FROM scratch\nRUM true\n", "Dockerfile", file => LintTool.Run("dockerfile-utils", "lint", file)),
        StringComparison.Ordinal);
}
