using Tessera.Host.Startup;

namespace Tessera.Integration;

/// <summary>Where the rows of a test's host lie: here in SQLite, below its folder.</summary>
internal static class Rows
{
    public static Task<TesseraOptions> PlaceAsync(TesseraOptions options) => Task.FromResult(options);

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
