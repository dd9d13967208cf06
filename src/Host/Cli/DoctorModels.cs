using System.Globalization;
using Microsoft.Data.Sqlite;
using Tessera.Host.Models;
using Tessera.Host.Startup;
using Tessera.Inference;

namespace Tessera.Host.Cli;

/// <summary>Whether models can be run here, how much memory they may take, and whether the files of those that are installed are there.</summary>
internal static class DoctorModels
{
    public static IReadOnlyList<DoctorCheck> Check(TesseraOptions options) =>
        [Engine(EngineState.Read()), Memory(options), .. Installed(options)];

    private static DoctorCheck Engine(EngineState engine) => engine.Missing is { } missing
        ? new DoctorCheck("model engine", DoctorState.Missing, $"{missing} Without it answers quote, or a server elsewhere writes them.")
        : new DoctorCheck("model engine", DoctorState.Ok, $"llama.cpp {engine.Version} on {string.Join(", ", engine.Devices)}");

    private static DoctorCheck Memory(TesseraOptions options)
    {
        var machine = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var words = string.Create(CultureInfo.InvariantCulture, $"models may take {options.ModelMemory >> 20} MB together, the machine has {machine >> 20} MB");
        return options.ModelMemory <= machine
            ? new DoctorCheck("model memory", DoctorState.Ok, words)
            : new DoctorCheck("model memory", DoctorState.Missing, words + ". Lower TESSERA_MODEL_MEMORY, or models will be read from the disk over and over.");
    }

    // Read only and past the model: the database may be of an older version, and a server may be at work on it.
    private static List<DoctorCheck> Installed(TesseraOptions options)
    {
        var found = new List<DoctorCheck>();
        if (!File.Exists(options.DatabaseFile))
        {
            return found;
        }

        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT Name, Sha256, Bytes FROM models ORDER BY NameKey";
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                found.Add(OfFile(rows.GetString(0), new FileInfo(ModelFiles.PathOf(options, rows.GetString(1))), rows.GetInt64(2)));
            }
        }
        catch (SqliteException unreadable) when (unreadable.Message.Contains("no such table", StringComparison.Ordinal))
        {
            // Made by a version before there were models: the next start brings the table.
        }
        catch (SqliteException unreadable)
        {
            found.Add(new DoctorCheck("model", DoctorState.Broken, $"The list of installed models cannot be read: {unreadable.Message}. Restore a backup."));
        }

        return found;
    }

    private static DoctorCheck OfFile(string name, FileInfo file, long bytes) => !file.Exists
        ? new DoctorCheck("model", DoctorState.Missing, $"{name}: {ModelReconciler.Gone}")
        : file.Length != bytes ? new DoctorCheck("model", DoctorState.Missing, $"{name}: {ModelReconciler.Changed}")
        : new DoctorCheck("model", DoctorState.Ok, string.Create(CultureInfo.InvariantCulture, $"{name}, {bytes >> 20} MB"));
}
