namespace Tessera.Host.Startup;

/// <summary>
/// Steps between which the process may die without harm. <c>tests/Soak</c> lets it die at each: <c>TESSERA_KILL_AT</c> names a step, and
/// <c>name#n</c> its n-th time. Costs nothing where it is not set.
/// </summary>
internal static class KillPoint
{
    public const string Variable = "TESSERA_KILL_AT";

    private static readonly (string? Name, int Time) Chosen = Read(Environment.GetEnvironmentVariable(Variable));
    private static int passed;

    /// <summary>All steps that there are.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Migrated, UploadStaged, UploadKept, UploadCommitted, IngestBegun, IngestRead, IngestIndexed, IngestTextKept, IngestFinished, IngestSwept,
        DeleteCommitted, PurgeIndexes, PurgeBlobs, PurgeRows, ReindexCopied, ReindexSwitched, PluginKept, PluginSaved, PluginLoaded,
    ];

    public const string Migrated = "migrate.catalog";
    public const string UploadStaged = "upload.staged";
    public const string UploadKept = "upload.kept";
    public const string UploadCommitted = "upload.committed";
    public const string IngestBegun = "ingest.begun";
    public const string IngestRead = "ingest.read";
    public const string IngestIndexed = "ingest.indexed";
    public const string IngestTextKept = "ingest.text-kept";
    public const string IngestFinished = "ingest.finished";
    public const string IngestSwept = "ingest.swept";
    public const string DeleteCommitted = "delete.committed";
    public const string PurgeIndexes = "purge.indexes";
    public const string PurgeBlobs = "purge.blobs";
    public const string PurgeRows = "purge.rows";
    public const string ReindexCopied = "reindex.copied";
    public const string ReindexSwitched = "reindex.switched";
    public const string PluginKept = "plugin.kept";
    public const string PluginSaved = "plugin.saved";
    public const string PluginLoaded = "plugin.loaded";

    /// <summary>Dies here, as by <c>kill -9</c>, where this step is the one that was named.</summary>
    public static void Pass(string name)
    {
        if (name == Chosen.Name && Interlocked.Increment(ref passed) == Chosen.Time)
        {
            using var own = System.Diagnostics.Process.GetCurrentProcess();
            own.Kill();
            // The signal is on its way: nothing of the next step may be done meanwhile.
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private static (string? Name, int Time) Read(string? text) => text?.Split('#') switch
    {
        null => (null, 0),
        [var name, var time] when int.TryParse(time, out var number) => (name, number),
        [var name, ..] => (name, 1),
        [] => (null, 0),
    };
}
