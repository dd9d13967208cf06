using Tessera.Host.Startup;

namespace Tessera.Integration;

/// <summary>Where the rows of a test's host lie: here in SQLite, below its folder.</summary>
internal static class Rows
{
    public static Task<TesseraOptions> PlaceAsync(TesseraOptions options) => Task.FromResult(options);
}
