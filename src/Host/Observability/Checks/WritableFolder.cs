using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tessera.Host.Observability.Checks;

/// <summary>Whether files can be kept in a folder.</summary>
internal static class WritableFolder
{
    /// <summary>Writes a byte to a file that goes at once.</summary>
    public static HealthCheckResult Check(string folder, HealthCheckContext context)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".probe-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
            probe.Flush();
            return HealthCheckResult.Healthy();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{folder} cannot be written: {closed.GetType().Name}.");
        }
    }
}
