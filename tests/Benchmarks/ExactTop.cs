namespace Tessera.Benchmarks;

/// <summary>What an inexact search of vectors finds of the true first ones.</summary>
internal static class ExactTop
{
    /// <summary>Share of so many first places that went to one at least as like as the last true one: of equals any may be found.</summary>
    /// <param name="exact">For each place its exact likeness.</param>
    /// <param name="top">How many first places.</param>
    /// <param name="found">The places found.</param>
    public static double Recall(IReadOnlyList<float> exact, int top, IReadOnlyList<int> found)
    {
        var last = exact.OrderDescending().ElementAt(top - 1);
        return found.Count(x => exact[x] >= last) / (double)top;
    }
}
