using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Training.Translation;

/// <summary>
/// IBM model 1 (Brown and others, 1993): every question word is taken to come from one word of the passage, or from none (NULL, which the
/// words take that any question has). Expectation and maximisation find which. Nothing is drawn by chance, and the pairs are gone through
/// in their order by one thread, so that equal pairs make an equal model. Takes 4 bytes for each question word times passage word of a pair.
/// </summary>
internal sealed class TranslationTrainer
{
    // Before all passage words.
    private const int Null = 0;

    private readonly TranslationRecipe _recipe;
    private readonly ulong[] _questionWords;
    private readonly ulong[] _passageWords;

    // For each pair, question word after question word, the link to each of the passage's words.
    private readonly List<(int Questions, int[] Links)> _cells = [];

    // A link joins a passage word to a question word that it stood beside at least once.
    private readonly Dictionary<(int Source, int Target), int> _linkOf = [];
    private readonly List<(int Source, int Target)> _links = [];

    // What was known of the first links, before any pair was seen.
    private readonly List<double> _known = [];
    private readonly double _trust;

    // How much each passage word is known to promise in all; 0 for words that are new.
    private readonly double[] _promised;

    private TranslationTrainer(PairWords pairs, TranslationRecipe recipe, KnownTranslation? known, CancellationToken cancellationToken)
    {
        _recipe = recipe;
        _trust = known?.Trust ?? 0;
        _questionWords = Union(pairs.QuestionWords(recipe.LeastSeen), known?.Model.QuestionWords);
        _passageWords = Union(pairs.PassageWords(recipe.LeastSeen), known?.Model.PassageWords);
        _promised = new double[_passageWords.Length + 1];
        if (known is not null)
        {
            LinkKnown(known.Model);
        }

        foreach (var (question, passage) in pairs.Pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Link(question, passage);
        }
    }

    /// <summary>The bytes of the model's file.</summary>
    /// <param name="pairs">What to learn from.</param>
    /// <param name="recipe">How.</param>
    /// <param name="progress">Told of each round when it begins, counted from 1.</param>
    /// <param name="cancellationToken">Stops within a pair.</param>
    /// <param name="known">A model of the same words to go on from; null: from nothing.</param>
    public static byte[] Train(
        PairWords pairs, TranslationRecipe recipe, IProgress<int>? progress, CancellationToken cancellationToken, KnownTranslation? known = null)
    {
        var trainer = new TranslationTrainer(pairs, recipe, known, cancellationToken);
        var probabilities = trainer.Learn(progress, cancellationToken);
        return TranslationModelWriter.Write(
            pairs.Analyzer,
            recipe.LengthPower,
            trainer._passageWords.ToDictionary(word => word, word => known?.Model.Knows(word) == true ? known.Model.MeanShareOf(word) : pairs.Shares[word]),
            trainer.Kept(probabilities));
    }

    private static ulong[] Union(ulong[] words, IReadOnlyList<ulong>? known) => known is null ? words : [.. words.Union(known).Order()];

    private void LinkKnown(TranslationModel known)
    {
        for (var target = 0; target < _questionWords.Length; target++)
        {
            foreach (var (word, probability) in known.PromisesOf(_questionWords[target]))
            {
                var source = Array.BinarySearch(_passageWords, word) + 1;
                _linkOf.Add((source, target), _links.Count);
                _links.Add((source, target));
                _known.Add(probability);
                _promised[source] += probability;
            }
        }
    }

    private void Link(ulong[] question, ulong[] passage)
    {
        int[] targets = [.. question.Select(word => Array.BinarySearch(_questionWords, word)).Where(x => x >= 0)];
        int[] sources = [Null, .. passage.Select(word => Array.BinarySearch(_passageWords, word)).Where(x => x >= 0).Take(_recipe.MostWords).Select(x => x + 1)];
        var links = new int[targets.Length * sources.Length];
        for (var i = 0; i < links.Length; i++)
        {
            var link = (sources[i % sources.Length], targets[i / sources.Length]);
            if (!_linkOf.TryGetValue(link, out links[i]))
            {
                _linkOf.Add(link, links[i] = _links.Count);
                _links.Add(link);
            }
        }

        _cells.Add((targets.Length, links));
    }

    private double[] Learn(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var probabilities = new double[_links.Count];
        var counts = new double[_links.Count];
        Array.Fill(probabilities, 1.0 / Math.Max(1, _questionWords.Length));
        _known.CopyTo(probabilities);
        for (var round = 1; round <= _recipe.Rounds; round++)
        {
            progress?.Report(round);
            Expect(probabilities, counts, cancellationToken);
            Maximise(probabilities, counts);
        }

        return probabilities;
    }

    // How much of each question word each of the passage's words explains, by what is believed so far.
    private void Expect(double[] probabilities, double[] counts, CancellationToken cancellationToken)
    {
        Array.Clear(counts);
        foreach (var (questions, all) in _cells)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var question = 0; question < questions; question++)
            {
                var width = all.Length / questions;
                var links = all.AsSpan(question * width, width);
                var sum = 0.0;
                foreach (var link in links)
                {
                    sum += probabilities[link];
                }

                // Damping may starve a word that is explained by nothing else.
                if (sum > 0)
                {
                    foreach (var link in links)
                    {
                        counts[link] += probabilities[link] / sum;
                    }
                }
            }
        }
    }

    private void Maximise(double[] probabilities, double[] counts)
    {
        var totals = new double[_passageWords.Length + 1];
        for (var link = 0; link < counts.Length; link++)
        {
            totals[_links[link].Source] += counts[link];
        }

        for (var link = 0; link < counts.Length; link++)
        {
            // A word that is known is believed as if it had been seen so often before; one that is not is damped.
            var source = _links[link].Source;
            probabilities[link] = _promised[source] > 0
                ? (counts[link] + (link < _known.Count ? _trust * _known[link] : 0)) / (totals[source] + _trust)
                : counts[link] / (totals[source] + _recipe.Damping);
        }
    }

    private Dictionary<ulong, IReadOnlyList<WordPromise>> Kept(double[] probabilities)
    {
        var kept = new Dictionary<ulong, IReadOnlyList<WordPromise>>();
        for (var link = 0; link < probabilities.Length; link++)
        {
            var (source, target) = _links[link];
            if (source != Null && probabilities[link] >= _recipe.LeastProbability)
            {
                kept.TryAdd(_questionWords[target], new List<WordPromise>());
                ((List<WordPromise>)kept[_questionWords[target]]).Add(new WordPromise(_passageWords[source - 1], (float)probabilities[link]));
            }
        }

        // In the order of their keys again, as the file has them.
        return kept.ToDictionary(x => x.Key, IReadOnlyList<WordPromise> (x) => [.. x.Value.OrderByDescending(p => p.Probability).Take(_recipe.MostPromises).OrderBy(p => p.Word)]);
    }
}
