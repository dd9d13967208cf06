using System.Runtime.InteropServices;

using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Unit.Rag.Retrieval.Translation;

/// <summary>
/// The formula as it is written, for one question and passages one by one; the product's index is held against it. It is the sum over its distinct words q of ln(1 + (1-l)/l * x(q) / bg(q)), where
/// x(q) = (1-b) * sum over w of t(q|w) p(w|d) + b * p(q|d), bg(q) is the mean of x(q) over the collection, l is
/// <see cref="TranslationSettings.Smoothing"/> and b <see cref="TranslationSettings.Own"/> (0 for the pure score).
/// Immutable and safe for concurrent use.
/// </summary>
internal sealed class TranslationScorer
{
    private const int FewWords = 64;

    private readonly double _own;
    private readonly double _lengthPower;
    private readonly double[] _mixedScales;
    private readonly double[] _pureScales;

    // For each passage word that promises anything what it promises, and which question word it is itself.
    private readonly Dictionary<ulong, List<Promise>> _promises = [];
    private readonly Dictionary<ulong, int> _questionWords = [];

    /// <summary>Prepares a question.</summary>
    /// <param name="model">What promises what.</param>
    /// <param name="questionWords">Keys of the question's analysed words; each counts once.</param>
    /// <param name="meanShares">
    /// The mean share p(w|d) of a word over the passages of the collection, as <see cref="MeanShares"/> computes it with the model's
    /// <see cref="TranslationModel.LengthPower"/>, 0 where no passage has it; null for what was usual in the passages that the model learned from.
    /// </param>
    /// <param name="settings">How promises are weighed.</param>
    public TranslationScorer(
        TranslationModel model, IEnumerable<ulong> questionWords, Func<ulong, double>? meanShares = null, TranslationSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(questionWords);
        settings ??= new TranslationSettings();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.Smoothing, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(settings.Smoothing, 1);
        meanShares ??= model.MeanShareOf;
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Own);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Own, 1);
        (_own, _lengthPower) = (settings.Own, model.LengthPower);
        var words = questionWords.Distinct().ToArray();
        (_mixedScales, _pureScales) = (new double[words.Length], new double[words.Length]);
        for (var place = 0; place < words.Length; place++)
        {
            _questionWords.Add(words[place], place);
            var usual = 0.0;
            foreach (var (word, probability) in model.PromisesOf(words[place]))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_promises, word, out _) ??= []).Add(new Promise(place, probability));
                usual += probability * meanShares(word);
            }

            _pureScales[place] = Scale(usual, settings.Smoothing);
            _mixedScales[place] = Scale(((1 - _own) * usual) + (_own * meanShares(words[place])), settings.Smoothing);
        }
    }

    /// <summary>The passage words that promise any word of the question: a passage with none of them has a pure score of 0.</summary>
    public IReadOnlyCollection<ulong> PromisingWords => _promises.Keys;

    /// <summary>Scores a passage.</summary>
    /// <param name="passage">Its distinct words with their counts, all of them: the length counts.</param>
    public TranslationScore Score(IReadOnlyList<WordCount> passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        var count = _pureScales.Length;
        Span<double> promised = count <= FewWords ? stackalloc double[count] : new double[count];
        Span<double> own = count <= FewWords ? stackalloc double[count] : new double[count];
        promised.Clear();
        own.Clear();
        var divisor = PassageShare.Divisor(passage, _lengthPower);
        foreach (var (word, times) in passage)
        {
            var share = PassageShare.Mass(times) / divisor;
            if (_promises.TryGetValue(word, out var promises))
            {
                foreach (var (place, probability) in promises)
                {
                    promised[place] += probability * share;
                }
            }

            if (_questionWords.TryGetValue(word, out var itself))
            {
                own[itself] = share;
            }
        }

        return Sum(promised, own);
    }

    private TranslationScore Sum(ReadOnlySpan<double> promised, ReadOnlySpan<double> own)
    {
        var (mixed, pure) = (0.0, 0.0);
        for (var place = 0; place < promised.Length; place++)
        {
            pure += Math.Log(1 + (_pureScales[place] * promised[place]));
            mixed += Math.Log(1 + (_mixedScales[place] * (((1 - _own) * promised[place]) + (_own * own[place]))));
        }

        return new TranslationScore(mixed, pure);
    }

    // A word that no passage of the collection promises tells none of them from another.
    private static double Scale(double usual, double smoothing) => usual > 0 ? (1 - smoothing) / smoothing / usual : 0;

    private readonly record struct Promise(int QuestionWord, float Probability);
}
