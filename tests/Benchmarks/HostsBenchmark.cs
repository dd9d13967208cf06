using System.Security.Cryptography;
using Npgsql;
using Tessera.Postgres;

namespace Tessera.Benchmarks;

/// <summary>How much faster two hosts on one database take documents in than one, each with one worker.</summary>
internal static class HostsBenchmark
{
    private const int Files = 100;
    private const int FileBytes = 100_000;
    private const int Rounds = 3;

    /// <summary>Prints a table; false where two hosts are less than 1.6 times as fast.</summary>
    public static async Task<bool> RunAsync()
    {
        if (!PostgresServer.IsPrepared)
        {
            Console.WriteLine($"Skipped. {PostgresServer.Missing}");
            return true;
        }

        var table = new FigureTable();
        var text = IngestBenchmark.ReadText();
        var files = Enumerable.Range(0, Files).Select(i => ($"{i}.txt", IngestBenchmark.Slice(text, i * FileBytes, FileBytes))).ToList();
        await using var server = await PostgresServer.StartAsync("fsync=on", "shared_buffers=1GB", "max_wal_size=4GB");
        var (one, two) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await MeasureAsync(server, 1, files));
            two.Add(await MeasureAsync(server, 2, files));
        }

        Console.WriteLine($"{Environment.ProcessorCount} processors, shared with the database and with who uploads; {Files} files of {FileBytes / 1000} KB, MB/s of each round: one host {Told(one)}; two hosts {Told(two)}");
        table.AtLeast("two hosts against one, one worker each: times the throughput", Median(two) / Median(one), 1.6);
        return table.Print();
    }

    private static async Task<double> MeasureAsync(PostgresServer server, int count, List<(string, byte[])> files)
    {
        var owner = await server.AddDatabaseAsync();
        var shared = Directory.CreateTempSubdirectory("tessera-bench-shared-").FullName;
        var hosts = new List<RunningHost>();
        try
        {
            (string, string)[] settings =
            [
                ("TESSERA_ADMIN_KEY", RandomNumberGenerator.GetHexString(64, lowercase: true)), ("TESSERA_WORKERS", "1"), ("TESSERA_BLOBS", shared),
                ("TESSERA_POSTGRES_OWNER", owner), ("TESSERA_POSTGRES", new NpgsqlConnectionStringBuilder(owner) { Username = "app", MaxPoolSize = 40 }.ConnectionString),
            ];
            while (hosts.Count < count)
            {
                hosts.Add(await RunningHost.StartAsync(settings));
            }

            // Once without counting, so that the code of each is compiled and its reader runs.
            await IngestBenchmark.IngestAsync(hosts, "first", files[..20]);
            var (seconds, _) = await IngestBenchmark.IngestAsync(hosts, "texts", files);
            return Files * FileBytes / 1e6 / seconds;
        }
        finally
        {
            foreach (var host in hosts)
            {
                await host.DisposeAsync();
            }

            Directory.Delete(shared, recursive: true);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Told(List<double> values) => string.Join(", ", values.Select(x => x.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
}
