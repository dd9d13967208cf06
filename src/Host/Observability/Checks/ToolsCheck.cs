using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tessera.Host.Observability.Checks;

/// <summary>The programs that read scanned pages are installed. They are only looked for: <c>doctor</c> runs them.</summary>
internal sealed class ToolsCheck(string searched) : IHealthCheck
{
    private static readonly string[] Programs = ["tesseract", "pdftoppm"];

    public ToolsCheck()
        : this(Environment.GetEnvironmentVariable("PATH") ?? "")
    {
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folders = searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        var missing = Programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program + ending)))).ToList();
        return Task.FromResult(missing.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"Scanned pages give no text: {string.Join(", ", missing)} not found."));
    }
}
