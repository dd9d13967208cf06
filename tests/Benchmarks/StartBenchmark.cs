namespace Tessera.Benchmarks;

/// <summary>How long a start over a fresh data folder takes, and what the host holds when it has nothing to do.</summary>
internal static class StartBenchmark
{
    private const int Starts = 3;
    private const int Domains = 3;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    /// <summary>Prints a table; false where a figure is short of its bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var seconds = new List<double>();
        var (active, resident) = (0, 0L);
        for (var i = 0; i < Starts; i++)
        {
            await using var host = await RunningHost.StartAsync();
            seconds.Add(host.Start.TotalSeconds);
            active = (await host.GetAsync("/api/v1/domains")).GetProperty("items").GetArrayLength();
            if (i == Starts - 1)
            {
                await Task.Delay(Idle);
                resident = host.Resident;
            }
        }

        var table = new FigureTable();
        table.AtMost($"start to /health/ready, seconds (median of {Starts})", seconds.Order().ElementAt(Starts / 2), 3);
        table.AtMost("resident when idle, MB", resident / 1e6, 300);
        table.AtLeast("domains active", active, Domains);
        return table.Print();
    }
}
