using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>
/// What a text's words promise of one question, by the domain's translation model. For each of the question's words q it is
/// ln(1 + (1-l)/l * x(q) / usual x(q)), where x(q) = (1-b) * sum over w of t(q|w) p(w|text) + b * p(q|text), l and b are those of
/// <see cref="TranslationSettings"/>, and usual is the mean of the passages that were learned from: so it does not hang on what else was found. Immutable.
/// </summary>
internal sealed class Promises
{
    private static readonly TranslationSettings Settings = new();
    private static readonly double Scale = (1 - Settings.Smoothing) / Settings.Smoothing;

    private readonly double _lengthPower;
    private readonly List<(double Weight, double Usual, Dictionary<ulong, double> Shares)> _words = [];
    private readonly double _mass;

    /// <param name="model">The domain's.</param>
    /// <param name="question">The keys of the question's words, each with what it counts.</param>
    public Promises(TranslationModel model, IEnumerable<(ulong Word, double Weight)> question)
    {
        _lengthPower = model.LengthPower;
        foreach (var (word, weight) in question)
        {
            var shares = new Dictionary<ulong, double>();
            foreach (var (other, probability) in model.PromisesOf(word))
            {
                shares[other] = (1 - Settings.Own) * probability;
            }

            shares[word] = shares.GetValueOrDefault(word) + Settings.Own;
            _words.Add((weight, shares.Sum(x => x.Value * model.MeanShareOf(x.Key)), shares));
            _mass += weight;
        }
    }

    /// <summary>Mean over the question's words; 0 where the text promises nothing of them.</summary>
    public double Of(IReadOnlyList<WordCount> text)
    {
        var divisor = PassageShare.Divisor(text, _lengthPower);
        var sum = 0.0;
        foreach (var (weight, usual, shares) in _words)
        {
            var promised = 0.0;
            foreach (var (word, count) in text)
            {
                promised += shares.TryGetValue(word, out var share) ? share * PassageShare.Mass(count) : 0;
            }

            sum += promised > 0 ? weight * Math.Log(1 + (Scale * promised / divisor / usual)) : 0;
        }

        return _mass > 0 ? sum / _mass : 0;
    }
}
