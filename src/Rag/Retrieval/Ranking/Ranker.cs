using System.Numerics.Tensors;
using System.Text.Json;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>Orders candidates by what a domain learned: a weighted sum of features. Immutable and safe for concurrent use.</summary>
public sealed class Ranker
{
    private readonly float[] _weights;

    private Ranker(float[] weights) => _weights = weights;

    /// <summary>Reads a ranker's file: a JSON object with the weight of each feature by its name.</summary>
    /// <exception cref="PermanentException"><c>ranker-unreadable</c>: it is no ranker, or one of another version. The message says which.</exception>
    public static Ranker Read(ReadOnlySpan<byte> file)
    {
        try
        {
            var weights = JsonSerializer.Deserialize<Dictionary<string, float>>(file) ?? throw Refused("it is empty", null);
            var strange = weights.Keys.Concat(RankFeatures.Names).FirstOrDefault(name => !weights.ContainsKey(name) || !RankFeatures.Names.Contains(name));
            return strange is not null ? throw Refused($"it was fitted on other features than this version has: {strange}", null)
                : weights.Values.All(float.IsFinite) ? new Ranker([.. RankFeatures.Names.Select(name => weights[name])])
                : throw Refused("a weight is no number", null);
        }
        catch (JsonException fault)
        {
            throw Refused("it is no JSON object of numbers", fault);
        }
    }

    /// <summary>The best candidates, best first; equal ones in the order given. Scores are above 0 and comparable within one search only.</summary>
    public IReadOnlyList<Candidate> Rank(IReadOnlyList<Candidate> candidates, int top)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var scores = Array.ConvertAll(RankFeatures.Of(candidates), row => TensorPrimitives.Dot<float>(row, _weights));
        var best = scores.Length > 0 ? scores.Max() : 0;
        return [.. candidates.Zip(scores, (candidate, score) => candidate with { Score = Math.Exp(score - best) }).OrderByDescending(x => x.Score).Take(top)];
    }

    private static PermanentException Refused(string problem, Exception? inner) =>
        new("ranker-unreadable", $"The ranker cannot be read: {problem}. Train it again with this version.", inner);
}
