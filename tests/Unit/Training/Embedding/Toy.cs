using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Unit.Training.Embedding;

/// <summary>
/// Topics whose questions and passages share no word: only pairs tell what belongs together. A text is three of its topic's words.
/// </summary>
internal static class Toy
{
    public const int Topics = 24;

    public static readonly EmbedderSettings Settings = new()
    {
        Domain = "legal", Dimensions = 32, Buckets = 256, Batch = 32, Epochs = 10, WarmUp = 5, Rate = 1e-2f, Seed = 7, Threads = 2,
    };

    public static string Question(int topic, int way) => $"what about {Words('q', topic, way)}?";

    public static string Passage(int topic, int way) => $"here we say {Words('p', topic, way)} and no more.";

    public static IReadOnlyList<TrainingLine> Lines { get; } =
    [
        .. from topic in Enumerable.Range(0, Topics)
           from way in Enumerable.Range(0, 6)
           select new TrainingLine { Kind = "qa", Question = $"In the matter of X: {Question(topic, way)}", Answer = Passage(topic, way), Source = "toy", Licence = "none" },
    ];

    public static TrainingTexts Texts => TrainingTexts.Gather(Lines, [], 1);

    // Four words a topic, three of them at a time.
    private static string Words(char side, int topic, int way) =>
        string.Join(' ', Enumerable.Range(0, 4).Where(x => x != way % 4).Select(x => Made(side, (topic * 4) + x)));

    // Words that look like nothing else.
    private static string Made(char side, int number)
    {
        var random = new SplitMix((ulong)((side * 1000) + number));
        return new string([.. Enumerable.Range(0, 7).Select(_ => (char)('a' + random.Below(26)))]);
    }
}
