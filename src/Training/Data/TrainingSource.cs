
namespace Tessera.Training.Data;

/// <summary>What the lines of a training file are from, as the model's card tells it.</summary>
/// <param name="Source">Where they are from.</param>
/// <param name="Licence">Under what they may be used.</param>
/// <param name="Lines">How many were learned from.</param>
internal sealed record TrainingSource(string Source, string Licence, int Lines)
{
    /// <summary>The sources of lines, in a fixed order.</summary>
    public static IReadOnlyList<TrainingSource> Of(IEnumerable<TrainingLine> lines) =>
    [
        .. lines.CountBy(line => (line.Source, line.Licence))
            .OrderBy(x => x.Key.Source, StringComparer.Ordinal).ThenBy(x => x.Key.Licence, StringComparer.Ordinal)
            .Select(x => new TrainingSource(x.Key.Source, x.Key.Licence, x.Value)),
    ];
}
