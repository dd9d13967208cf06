using System.Globalization;

namespace Tessera.Host.Portal.Parts;

/// <summary>Large figures as people read them.</summary>
internal static class Sizes
{
    /// <summary>Bytes, as <c>1.5 GB</c>.</summary>
    public static string Of(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB"),
    };

    /// <summary>Weights, as <c>1.5 B</c>.</summary>
    public static string Weights(long count) => count switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.#} B"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0} M"),
        _ => count.ToString("N0", CultureInfo.InvariantCulture),
    };
}
