using System.Globalization;

namespace Tessera.Benchmarks;

/// <summary>Measured figures against their bars.</summary>
internal sealed class FigureTable
{
    private readonly List<(string What, double Figure, string Bar, bool Reached)> rows = [];

    public void AtLeast(string what, double figure, double bar) => Add(what, figure, "≥", bar, figure >= bar);

    public void AtMost(string what, double figure, double bar) => Add(what, figure, "≤", bar, figure <= bar);

    public void Between(string what, double figure, double least, double most) => rows.Add((
        what, figure, string.Create(CultureInfo.InvariantCulture, $"{least}–{most}"), figure >= least && figure <= most));

    /// <summary>Prints it; false where a figure is short.</summary>
    public bool Print()
    {
        Console.WriteLine("| what | figure | bar | |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (what, figure, bar, reached) in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {figure:0.00} | {bar} | {(reached ? "ok" : "short")} |"));
        }

        return rows.TrueForAll(x => x.Reached);
    }

    private void Add(string what, double figure, string sign, double bar, bool reached) =>
        rows.Add((what, figure, string.Create(CultureInfo.InvariantCulture, $"{sign} {bar}"), reached));
}
