using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Ingestion;

namespace Tessera.Host.Adapting;

/// <summary>
/// Runs <c>adapt</c> of the Training as a child with limits of memory and time, without the host's environment, behind the same wall as the Reader, and
/// after whatever else wants the processor. What it writes to standard error may be made of the tenant's text and is thrown away.
/// </summary>
internal sealed class TrainingChild(TesseraOptions options, TimeProvider time)
{
    private const string Progress = "progress ";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly Lazy<Task<NetworkWall>> wall = new(ChildLaunch.ProbeAsync);

    /// <summary>Returns when the child ended well.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <exception cref="PermanentException"><c>training-failed</c>: it could not start, broke off, or came to a limit.</exception>
    public async Task RunAsync(string folder, IReadOnlyList<string> arguments, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.TrainingPath))
        {
            throw Failed("The Training program is not beside the host. Build src/Host again, or reinstall.");
        }

        using var child = Start(ChildLaunch.Start(options.TrainingPath, arguments, await wall.Value, folder, options.TrainingMemory));
        try
        {
            GoLast(child);
            using var over = new CancellationTokenSource();
            var watching = WatchAsync(child, over.Token);
            var errors = child.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            while (await child.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith(Progress, StringComparison.Ordinal)
                    && double.TryParse(line.AsSpan(Progress.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
                {
                    progress.Report(share);
                }
            }

            await errors;
            await child.WaitForExitAsync(cancellationToken);
            await over.CancelAsync();
            if (await watching is { } limit)
            {
                throw Failed(limit);
            }

            if (child.ExitCode != 0)
            {
                throw Failed("The training broke off. Try again; where it happens again, have the operator run 'doctor'.");
            }
        }
        finally
        {
            Kill(child);
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    // The limit that it came to; null where it ended before.
    private async Task<string?> WatchAsync(Process child, CancellationToken over)
    {
        var started = time.GetTimestamp();
        while (!over.IsCancellationRequested)
        {
            var limit = ResidentMemory.Of(child.Id) > options.TrainingMemory
                ? $"The training needed more than {options.TrainingMemory >> 20} MB of memory. Have the operator raise TESSERA_TRAINING_MEMORY."
                : time.GetElapsedTime(started).TotalSeconds > options.TrainingSeconds
                    ? $"The training took longer than {options.TrainingSeconds} seconds. Have the operator raise TESSERA_TRAINING_SECONDS."
                    : null;
            if (limit is not null)
            {
                Kill(child);
                return limit;
            }

            await Task.Delay(Glance, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Failed("The training could not be started. Install Tessera again.");
        }
    }

    // Searches and uploads go first.
    private static void GoLast(Process child)
    {
        try
        {
            child.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception refused) when (refused is Win32Exception or InvalidOperationException)
        {
            // It has ended, or this system does not let us: then it goes beside the others.
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or AggregateException)
        {
            // By itself.
        }
    }

    private static PermanentException Failed(string reason) => new("training-failed", reason);
}
