using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary>Whose packages are taken, whether those that are here are as they were signed, and which domains are not active.</summary>
internal static class DoctorPackages
{
    public static IReadOnlyList<DoctorCheck> Check(TesseraOptions options)
    {
        PublisherKeys publishers;
        try
        {
            publishers = PublisherKeys.Load(options.Publishers);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return [new DoctorCheck("publishers", DoctorState.Broken, $"{wrong.Message} Correct {PublisherKeys.Variable}.")];
        }

        var pinned = publishers.All.Count > 0
            ? new DoctorCheck("publishers", DoctorState.Ok, "pinned: " + string.Join(", ", publishers.All.Select(one => $"{one.Name} ({one.KeyId[..16]})")))
            : new DoctorCheck("publishers", DoctorState.Broken, $"No key is pinned, so no domain can be loaded. Install Tessera again, or set {PublisherKeys.Variable}.");
        var verifier = new PackageVerifier(publishers);
        return [pinned, Bundled(options.PackagesFolder), .. Packages(options.PackagesFolder, verifier), .. Packages(options.PluginsFolder, verifier), .. Inactive(options)];
    }

    private static DoctorCheck Bundled(string folder)
    {
        var count = Files(folder).Count();
        return count > 0
            ? new DoctorCheck("packages", DoctorState.Ok, $"{count} came with Tessera")
            : new DoctorCheck("packages", DoctorState.Missing, $"None lie in {folder}: there is no domain until one is installed. Install Tessera again.");
    }

    private static IEnumerable<DoctorCheck> Packages(string folder, PackageVerifier verifier) => Files(folder).Select(file =>
    {
        var name = Path.GetFileName(file);
        return verifier.Verify(PackageFile.Read(file)) switch
        {
            PackageVerdict.Verified { Package: var package } => new DoctorCheck(
                "package", DoctorState.Ok, $"{package.Manifest.Id} {package.Manifest.Version} is as {package.Publisher.Name} signed it"),
            PackageVerdict.Refused { Refusal: var refusal } => new DoctorCheck("package", DoctorState.Broken, $"{name}: {refusal.Reason} ({refusal.Code})"),
            _ => throw new InvalidOperationException("A verdict is verified or refused."),
        };
    });

    // Read only and past the model: the database may be of an older version, and a server may be at work on it.
    private static List<DoctorCheck> Inactive(TesseraOptions options)
    {
        if (!File.Exists(options.DatabaseFile))
        {
            return [];
        }

        var found = new List<DoctorCheck>();
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT DomainId, Reason FROM plugins WHERE State <> $active ORDER BY DomainId";
            command.Parameters.AddWithValue("$active", PluginState.Active.ToString());
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                found.Add(new DoctorCheck("domain", DoctorState.Broken, $"{rows.GetString(0)} is not active: {(rows.IsDBNull(1) ? "" : rows.GetString(1))}"));
            }
        }
        catch (SqliteException unreadable)
        {
            found.Add(new DoctorCheck("domain", DoctorState.Broken, $"The list of installed domains cannot be read: {unreadable.Message}. Restore a backup."));
        }

        return found;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.tessera").Order(StringComparer.Ordinal) : [];
}
