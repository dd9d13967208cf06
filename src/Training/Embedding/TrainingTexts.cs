using System.Security.Cryptography;
using System.Text;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;
using Tessera.Training.Data;

namespace Tessera.Training.Embedding;

/// <summary>
/// The texts to learn from, each once, and the pairs among them. The first <see cref="Passages"/> texts are whole questions, answers and
/// passages; what follows are parts of these, which are no evidence of what words go together and count for no rarity.
/// </summary>
internal sealed class TrainingTexts
{
    // Long enough for a clause and its neighbours: the size of the passages that will be searched.
    private const int PassageLength = 1_200;

    private readonly Dictionary<string, int> places = [];
    private readonly List<string> texts = [];
    private readonly List<TextPair> pairs = [];

    private TrainingTexts()
    {
    }

    /// <summary>All texts.</summary>
    public IReadOnlyList<string> Texts => texts;

    /// <summary>How many of them are whole.</summary>
    public int Passages { get; private set; }

    /// <summary>How many different questions there are, without the documents that they name.</summary>
    public int Questions { get; private set; }

    /// <summary>What belongs together.</summary>
    public IReadOnlyList<TextPair> Pairs => pairs;

    /// <summary>Gathers texts and pairs, always in the same order.</summary>
    /// <param name="lines">Questions with what answers them, and texts.</param>
    /// <param name="passages">Passages of the collections that will be searched, or of ones like them.</param>
    /// <param name="seed">Chooses the sentences that stand against their passage.</param>
    /// <exception cref="TrainingDataException">There is no pair to learn from.</exception>
    public static TrainingTexts Gather(IEnumerable<TrainingLine> lines, IEnumerable<TitledText> passages, ulong seed)
    {
        var all = new TrainingTexts();
        var whole = new List<string>();
        var titled = new List<(string Title, string Text)>();
        var (analyzer, questions) = (TextAnalyzer.For(TextAnalysis.Prose), new HashSet<string>());
        foreach (var line in lines)
        {
            if (line.Kind == "text")
            {
                whole.AddRange(PassageCutter.Cut(line.Text, PassageLength));
                continue;
            }

            var asked = AskedText.Of(line, analyzer);
            questions.Add(asked);
            all.Add(asked, line.Passage);
            // Who asks of a whole collection names the document, and passages are found with their title.
            if (asked != line.Question && line.Title.Length > 0)
            {
                all.Add(line.Question, $"{line.Title}\n{line.Passage}");
            }

            // A text about its title; evidence is about the question, and its title is the name of a file.
            if (line.Kind == "qa" && line.Evidence.Count == 0 && line.Title.Length > 0)
            {
                titled.Add((line.Title, line.Passage));
            }
        }

        whole.AddRange(passages.Select(x => x.Title.Length > 0 ? $"{x.Title}\n{x.Text}" : x.Text));
        foreach (var text in whole)
        {
            all.Place(text);
        }

        (all.Passages, all.Questions) = (all.texts.Count, questions.Count);
        if (all.pairs.Count == 0)
        {
            throw new TrainingDataException("There is no question with what answers it: nothing to learn from.");
        }

        all.AddParts(titled, seed);
        return all;
    }

    /// <summary>SHA-256 over all texts and pairs: whether a checkpoint was made from the same.</summary>
    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        hash.AppendData(Encoding.UTF8.GetBytes(string.Join(' ', pairs.Select(x => $"{x.Left},{x.Right}"))));
        return hash.GetHashAndReset();
    }

    private void AddParts(List<(string Title, string Text)> titled, ulong seed)
    {
        foreach (var (title, text) in titled)
        {
            Add(title, text);
        }

        var random = new SplitMix(seed);
        foreach (var text in texts.Take(Passages).ToList())
        {
            if (SentencePairs.Draw(text, random) is var (sentence, rest))
            {
                Add(sentence, rest);
            }
        }
    }

    private void Add(string left, string right)
    {
        if (left != right)
        {
            pairs.Add(new TextPair(Place(left), Place(right)));
        }
    }

    private int Place(string text)
    {
        if (places.TryAdd(text, texts.Count))
        {
            texts.Add(text);
        }

        return places[text];
    }
}
