using System.Numerics.Tensors;
using Tessera.Inference.Constraints;

namespace Tessera.Inference.Llama.Engine;

/// <summary>Draws one reply's tokens from the model's scores. For one request, on the engine's thread.</summary>
internal sealed class Sampler(SamplingOptions options, ITokenConstraint? constraint)
{
    // A token e^-20 times as likely as the best one is never drawn.
    private const float Unlikely = 20;

    private readonly Dictionary<int, int> written = [];
    private readonly List<(int Token, float Score)> candidates = [];
    private readonly Random random = options.Seed is { } seed ? new Random(unchecked((int)(seed ^ (seed >> 32)))) : new Random();

    /// <summary>The next token. The scores may be changed.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadSchema"/>: the constraint leaves nothing that may come.</exception>
    public int Next(Span<float> scores)
    {
        Penalise(scores);
        var token = Pick(scores);
        if (constraint is not null && !constraint.Allows(token))
        {
            // Drawing again among what is allowed gives exactly the distribution that masking first would have given.
            token = PickAllowed(scores, constraint);
        }

        constraint?.Accept(token);
        if (options.FrequencyPenalty != 0 || options.PresencePenalty != 0)
        {
            written[token] = written.GetValueOrDefault(token) + 1;
        }

        return token;
    }

    private int PickAllowed(Span<float> scores, ITokenConstraint held)
    {
        if (held.TryGetAllowed(out var few))
        {
            return few.IsEmpty ? throw Stuck() : PickAmong(scores, few);
        }

        held.Mask(scores);
        var token = Pick(scores);
        return float.IsNegativeInfinity(scores[token]) ? throw Stuck() : token;
    }

    private int PickAmong(ReadOnlySpan<float> scores, ReadOnlySpan<int> tokens)
    {
        var best = tokens[0];
        foreach (var token in tokens)
        {
            best = scores[token] > scores[best] ? token : best;
        }

        if (options.Temperature <= 0)
        {
            return best;
        }

        candidates.Clear();
        foreach (var token in tokens)
        {
            Consider(token, scores[token], scores[best]);
        }

        return Draw();
    }

    private int Pick(ReadOnlySpan<float> scores)
    {
        var best = TensorPrimitives.IndexOfMax(scores);
        if (options.Temperature <= 0 || float.IsNegativeInfinity(scores[best]))
        {
            return best;
        }

        candidates.Clear();
        var least = scores[best] - (Unlikely * options.Temperature);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= least)
            {
                Consider(i, scores[i], scores[best]);
            }
        }

        return Draw();
    }

    private void Consider(int token, float score, float best) => candidates.Add((token, MathF.Exp((score - best) / options.Temperature)));

    private int Draw()
    {
        if ((options.TopK > 0 && options.TopK < candidates.Count) || options.TopP < 1)
        {
            KeepLikeliest();
        }

        var total = 0f;
        foreach (var (_, weight) in candidates)
        {
            total += weight;
        }

        var left = random.NextSingle() * total;
        foreach (var (token, weight) in candidates)
        {
            left -= weight;
            if (left <= 0)
            {
                return token;
            }
        }

        return candidates[^1].Token;
    }

    private void KeepLikeliest()
    {
        candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        if (options.TopK > 0 && options.TopK < candidates.Count)
        {
            candidates.RemoveRange(options.TopK, candidates.Count - options.TopK);
        }

        var mass = candidates.Sum(candidate => candidate.Score) * options.TopP;
        var keep = 0;
        for (var sum = 0f; keep < candidates.Count && (keep == 0 || sum < mass); keep++)
        {
            sum += candidates[keep].Score;
        }

        candidates.RemoveRange(keep, candidates.Count - keep);
    }

    private void Penalise(Span<float> scores)
    {
        foreach (var (token, times) in written)
        {
            scores[token] -= (times * options.FrequencyPenalty) + options.PresencePenalty;
        }
    }

    private static ModelException Stuck() => new(
        ModelFault.BadSchema, "Nothing that the model knows can follow within the form that was asked for. Ask for a simpler form.");
}
