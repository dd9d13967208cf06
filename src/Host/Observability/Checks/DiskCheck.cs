using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tessera.Host.Cli;
using Tessera.Host.Startup;

namespace Tessera.Host.Observability.Checks;

/// <summary>The disks of the data folder and of what hosts share have room: below <see cref="DoctorDisk.Enough"/> a warning, below <see cref="DoctorDisk.Least"/> the host is not ready.</summary>
internal sealed class DiskCheck(TesseraOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var free = ((string[])[options.DataFolder, options.BlobsFolder]).Min(folder => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace);
            return Task.FromResult(Judge(free, context.Registration.FailureStatus));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The disk does not answer."));
        }
    }

    /// <summary>What so many free bytes are worth.</summary>
    public static HealthCheckResult Judge(long free, HealthStatus failure)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MB are free.");
        return free switch
        {
            >= DoctorDisk.Enough => HealthCheckResult.Healthy(words),
            >= DoctorDisk.Least => HealthCheckResult.Degraded(words),
            _ => new HealthCheckResult(failure, words),
        };
    }
}
