using System.Globalization;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Tessera.Soak;

/// <summary>How long the runs are, and where their figures go.</summary>
internal static class Scale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("TESSERA_SOAK") == "full";

    /// <summary>Of each random choice: a run that failed is run again with the same.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("TESSERA_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    public static int Of(int full, int brief) => IsFull ? full : brief;

    /// <summary>Prints a figure, whatever becomes of the test.</summary>
    public static void Print(FormattableString line)
    {
        Console.WriteLine($"soak: {line.ToString(CultureInfo.InvariantCulture)} (seed {Seed.ToString(CultureInfo.InvariantCulture)})");
    }
}
