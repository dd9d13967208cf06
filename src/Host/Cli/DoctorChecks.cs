using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Host.Cli;

/// <summary>What <c>doctor</c> looks at.</summary>
internal static class DoctorChecks
{
    private const string Probe = "Tessera can read.";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static async Task<IReadOnlyList<DoctorCheck>> RunAsync(TesseraOptions options, CancellationToken cancellationToken) =>
    [
        CheckSettings(options),
        DoctorDisk.Check(options.DataFolder),
        .. await ReaderAsync(options, cancellationToken),
        .. await DoctorTools.RunAsync(cancellationToken),
        .. DoctorPackages.Check(options),
        .. DoctorModels.Check(options),
        Sqlite(),
        Limits(options),
    ];

    private static DoctorCheck CheckSettings(TesseraOptions options)
    {
        try
        {
            OptionsReader.Check(options);
            return new DoctorCheck("settings", DoctorState.Ok, $"would listen on {options.Urls}");
        }
        catch (OptionsException wrong)
        {
            return new DoctorCheck("settings", DoctorState.Broken, wrong.Message);
        }
    }

    private static async Task<IReadOnlyList<DoctorCheck>> ReaderAsync(TesseraOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-doctor-").FullName;
        try
        {
            await using var pool = new ReaderPool(new ReaderOptions { Assembly = options.ReaderPath, ScratchFolder = folder, Workers = 1 });
            return [await ReaderAsync(pool, options.ReaderPath, folder, cancellationToken), Wall(await pool.FindNetworkWallAsync())];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DoctorCheck> ReaderAsync(ReaderPool pool, string place, string folder, CancellationToken cancellationToken)
    {
        const string Name = "reader";
        var file = Path.Combine(folder, "probe.txt");
        await File.WriteAllTextAsync(file, Probe, cancellationToken);
        var entries = Directory.CreateDirectory(Path.Combine(folder, "entries")).FullName;
        var clock = Stopwatch.StartNew();
        try
        {
            return await pool.ReadAsync(new TenantId(Guid.NewGuid()), file, "probe.txt", entries, cancellationToken) switch
            {
                ReadOutcome.Text { Sections: [{ Text: Probe }] } => new DoctorCheck(
                    Name, DoctorState.Ok, $"started and read a file in {clock.ElapsedMilliseconds} ms"),
                ReadOutcome.Failed failed => new DoctorCheck(Name, DoctorState.Broken, $"could not read a small text: {failed.Reason}"),
                _ => new DoctorCheck(Name, DoctorState.Broken, "read something else than what stands in the file: install Tessera again"),
            };
        }
        catch (TransientException fault)
        {
            return new DoctorCheck(Name, DoctorState.Broken, $"{place} does not start: {fault.Message} Install Tessera again, with all files beside it.");
        }
    }

    private static DoctorCheck Wall(NetworkWall wall) => wall == NetworkWall.Namespace
        ? new DoctorCheck("network wall", DoctorState.Ok, "files are read in a process without network")
        : new DoctorCheck(
            "network wall", DoctorState.Missing,
            "this system lets no process leave the network, so the parsers' own refusal to fetch anything is all there is. "
            + "Allow unprivileged user namespaces (unshare -rn true must work); in a container, by its seccomp profile.");

    private static DoctorCheck Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return new DoctorCheck("sqlite", DoctorState.Ok, connection.ServerVersion);
    }

    private static DoctorCheck Limits(TesseraOptions options)
    {
        const long Enough = 2L << 30;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, {memory >> 20} MB of memory, {options.Workers} jobs at once, uploads to {options.UploadLimit >> 20} MB, packages to {PackageArchive.LargestArchive >> 20} MB");
        return memory >= Enough
            ? new DoctorCheck("limits", DoctorState.Ok, words)
            : new DoctorCheck("limits", DoctorState.Missing, words + ". Give it 2 GB of memory at least, or set TESSERA_WORKERS to 1.");
    }
}
