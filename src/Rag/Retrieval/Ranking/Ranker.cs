using System.Numerics.Tensors;
using System.Text.Json;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>
/// Orders candidates by what a domain learned: a weighted sum of features. Questions that name a document have weights of their own, for there
/// titles tell most, and elsewhere little; and so have questions of kinds that it does not know. Immutable and safe for concurrent use.
/// </summary>
public sealed class Ranker
{
    // A name in a part of its own need not be all that the title says. With nothing of a title it is no name: "Sleep apnoea: is it inherited?"
    private const float SaidOfNamed = 0.2f;

    private readonly float[]? _named;
    private readonly float[]? _nameless;
    private readonly KnownQuestions? _known;
    private readonly Ranker? _strangers;

    private Ranker(float[]? named, float[]? nameless, StrangerWeights? strangers)
    {
        (_named, _nameless) = (named, nameless);
        if (strangers is not null)
        {
            _known = new KnownQuestions(strangers.Known ?? throw Refused("it has weights for strangers, and no questions that it knows", null));
            _strangers = new Ranker(Weights(strangers.Named), Weights(strangers.Nameless), null);
        }
    }

    /// <summary>
    /// Reads a ranker's file: a JSON object with <c>named</c> and <c>nameless</c>, each the weight of every feature by its name. One that is missing
    /// was not learned: such questions keep the order of their candidates. <c>strangers</c> has the same for questions unlike all those that it lists.
    /// </summary>
    /// <exception cref="PermanentException"><c>ranker-unreadable</c>: it is no ranker, or one of another version. The message says which.</exception>
    public static Ranker Read(ReadOnlySpan<byte> file)
    {
        try
        {
            var read = JsonSerializer.Deserialize<RankerFile>(file, RankerFile.Format) ?? throw Refused("it is empty", null);
            return new Ranker(Weights(read.Named), Weights(read.Nameless), read.Strangers);
        }
        catch (JsonException fault)
        {
            throw Refused("it is no JSON object of weights", fault);
        }
    }

    /// <summary>Whether a question names a document: in a part of its own, or by most of the title of one that it found.</summary>
    internal static bool IsNamed(string question, IReadOnlyList<Candidate> candidates)
    {
        var least = NamingPart.LengthIn(question) > 0 ? SaidOfNamed : RankFeatures.Said;
        return candidates.Any(x => x.Signals.TitleCovered > least);
    }

    /// <summary>The best candidates, best first; equal ones in the order given. Scores are above 0 and comparable within one search only.</summary>
    internal IReadOnlyList<Candidate> Rank(CandidateSearch search, int top)
    {
        var candidates = search.Candidates;
        if (WeightsFor(search) is not { } weights)
        {
            return [.. candidates.Take(top)];
        }

        var scores = Array.ConvertAll(RankFeatures.Of(candidates), row => TensorPrimitives.Dot<float>(row, weights));
        var best = scores.Length > 0 ? scores.Max() : 0;
        return [.. candidates.Zip(scores, (candidate, score) => candidate with { Score = Math.Exp(score - best) }).OrderByDescending(x => x.Score).Take(top)];
    }

    /// <summary>What orders the candidates of a search: a weight for each of the features, in their order; null where it leaves them as they are.</summary>
    internal float[]? WeightsFor(CandidateSearch search)
    {
        var (request, candidates) = search;
        var own = IsNamed(request.Query, candidates) ? _named : _nameless;
        if (_known is null || _strangers is null || _strangers.WeightsFor(search) is not { } other)
        {
            return own;
        }

        var familiar = _known.FamiliarityOf(request.Vector.Span, request.Words);
        return own is null || familiar <= 0 ? other : [.. own.Zip(other, (mine, strange) => (familiar * mine) + ((1 - familiar) * strange))];
    }

    private static float[]? Weights(IReadOnlyDictionary<string, float>? weights)
    {
        if (weights is null)
        {
            return null;
        }

        var strange = weights.Keys.Concat(RankFeatures.Names).FirstOrDefault(name => !weights.ContainsKey(name) || !RankFeatures.Names.Contains(name));
        return strange is not null ? throw Refused($"it was fitted on other features than this version has: {strange}", null)
            : weights.Values.All(float.IsFinite) ? [.. RankFeatures.Names.Select(name => weights[name])]
            : throw Refused("a weight is no number", null);
    }

    private static PermanentException Refused(string problem, Exception? inner) =>
        new("ranker-unreadable", $"The ranker cannot be read: {problem}. Train it again with this version.", inner);
}
