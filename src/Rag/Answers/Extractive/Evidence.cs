using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What a question asks, each word with what it tells in this collection. Immutable.</summary>
internal sealed class Evidence
{
    // Words of questions before, however many, never outweigh those of the question: else its answer would be the one before.
    private const double MostLent = 0.5;

    private readonly Dictionary<string, double> _weights;
    private readonly TextAnalyzer _analyzer;
    private readonly double _mass;

    private Evidence(Dictionary<string, double> weights, TextAnalyzer analyzer) =>
        (_weights, _analyzer, _mass) = (weights, analyzer, weights.Values.Sum());

    /// <summary>Weighs a question's words by their idf in a tenant's domain; words that questions before lend count less.</summary>
    public static async Task<Evidence> OfAsync(DomainWorkspace workspace, Question question, CancellationToken cancellationToken)
    {
        var analyzer = TextAnalyzer.For(workspace.Roles.Profile.Analysis);
        var shares = FollowUp.Words(question, analyzer);
        var weights = await workspace.Store.WeighAsync([.. shares.Keys], cancellationToken).ConfigureAwait(false);
        var words = shares.Zip(weights).ToDictionary(x => x.First.Key, x => x.First.Value * x.Second, StringComparer.Ordinal);
        var lent = words.Keys.Where(word => shares[word] < 1).ToList();
        var (own, borrowed) = (words.Keys.Except(lent).Sum(word => words[word]), lent.Sum(word => words[word]));
        if (own > 0 && borrowed > MostLent * own)
        {
            lent.ForEach(word => words[word] *= MostLent * own / borrowed);
        }

        return new Evidence(words, analyzer);
    }

    /// <summary>Share that a set of the question's words makes, 0 to 1.</summary>
    public double Covered(HashSet<string> words) => _mass > 0 ? words.Sum(word => _weights[word]) / _mass : 0;

    /// <summary>The question's words that a text holds.</summary>
    public HashSet<string> WordsIn(ReadOnlySpan<char> text)
    {
        var terms = new List<Term>();
        _analyzer.Analyze(text, terms);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in CollectionsMarshal.AsSpan(terms))
        {
            if (_weights.ContainsKey(term.Text))
            {
                found.Add(term.Text);
            }
        }

        return found;
    }
}
