using System.Runtime.InteropServices;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers.Extractive;

/// <summary>What a question asks, each word with what it tells in this collection, and what the domain's models know of it. Immutable.</summary>
internal sealed class Evidence
{
    // Words of questions before, however many, never outweigh those of the question: else its answer would be the one before.
    private const double MostLent = 0.5;

    // So many chunks are thought beside the collection, and none has the question's words: which words are rare ten chunks cannot tell, so there every
    // word counts nearly alike.
    private const double ThoughtChunks = 50;

    // No text has it, so its weight tells how many chunks there are.
    private const string NoWord = "\u0001";

    private readonly Dictionary<string, double> _weights;
    private readonly TextAnalyzer _analyzer;
    private readonly Promises? _promises;
    private readonly double _mass;

    private Evidence(string asked, Dictionary<string, double> weights, TextAnalyzer analyzer, Promises? promises)
    {
        Asked = asked;
        (_weights, _analyzer, _promises, _mass) = (weights, analyzer, promises, weights.Values.Sum());
    }

    /// <summary>The question as a text to compare with: without the part that names its document.</summary>
    public string Asked { get; }

    /// <summary>Weighs a question's words by their idf in a tenant's domain; words that questions before lend count less.</summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="question">The question, and those before.</param>
    /// <param name="found">What it found: whether words of it only name one of these.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static async Task<Evidence> OfAsync(DomainWorkspace workspace, Question question, IReadOnlyList<Found> found, CancellationToken cancellationToken)
    {
        var analyzer = TextAnalyzer.For(workspace.Roles.Profile.Analysis);
        var asked = AskedPart.Of(question.Text, found);
        var shares = FollowUp.Words(question, asked, analyzer);
        var weights = await workspace.Store.WeighAsync([.. shares.Keys, NoWord], cancellationToken).ConfigureAwait(false);
        // The idf of a word in d of n chunks is ln((n + 1) / (d + .5)).
        var chunks = Math.Exp(weights[^1]) / 2;
        var rise = Math.Log((chunks + ThoughtChunks) / chunks);
        var words = shares.Zip(weights).ToDictionary(x => x.First.Key, x => x.First.Value * (x.Second + rise), StringComparer.Ordinal);
        var lent = words.Keys.Where(word => shares[word] < 1).ToList();
        var (own, borrowed) = (words.Keys.Except(lent).Sum(word => words[word]), lent.Sum(word => words[word]));
        if (own > 0 && borrowed > MostLent * own)
        {
            lent.ForEach(word => words[word] *= MostLent * own / borrowed);
        }

        var promises = workspace.Roles.Models.Translation is { } model ? new Promises(model, shares.Select(x => (Term.KeyOf(x.Key), x.Value))) : null;
        return new Evidence(FollowUp.Text(question, asked, analyzer), words, analyzer, promises);
    }

    /// <summary>Share that a set of the question's words makes, 0 to 1.</summary>
    public double Covered(HashSet<string> words) => _mass > 0 ? words.Sum(word => _weights[word]) / _mass : 0;

    /// <summary>What a text promises of the question; 0 where the domain learned no promises.</summary>
    public double PromisedBy(ReadOnlySpan<char> text) => _promises?.Of(WordCount.Of(text, _analyzer)) ?? 0;

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
