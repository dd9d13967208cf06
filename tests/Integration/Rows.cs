using System.Text;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Integration;

/// <summary>Where the rows and chunks of a test's host lie: here in SQLite, below its folder.</summary>
internal static class Rows
{
    public const string Kind = "SQLite";
    public const bool ChunksAreFiles = true;

    /// <summary>Whether the database itself keeps tenants apart.</summary>
    public const bool HasWalls = false;

    public static Task<TesseraOptions> PlaceAsync(TesseraOptions options) => Task.FromResult(options);

    /// <summary>Keys of the indexes that there are of a domain.</summary>
    public static IEnumerable<string> IndexKeys(TesseraOptions options, TenantId tenant, string domain) =>
        Files(options, tenant, "*.db").Select(file => Path.GetFileNameWithoutExtension(file)[domain.Length..].TrimStart('.'));

    /// <summary>Whether any of a tenant's indexes holds a text, as raw bytes.</summary>
    public static bool IndexHolds(TesseraOptions options, TenantId tenant, string text) =>
        Files(options, tenant, "*").Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static IEnumerable<string> Files(TesseraOptions options, TenantId tenant, string pattern)
    {
        var folder = Path.Combine(options.ChunksFolder, tenant.Value.ToString("D"));
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];
    }

    /// <summary>They are away until they are put back.</summary>
    public static Task LoseAsync(TesseraOptions options)
    {
        File.Move(options.DatabaseFile, options.DatabaseFile + ".away");
        return Task.CompletedTask;
    }

    public static Task PutBackAsync(TesseraOptions options)
    {
        File.Move(options.DatabaseFile + ".away", options.DatabaseFile, overwrite: true);
        return Task.CompletedTask;
    }
}
