using Tessera.Rag.Retrieval.Analysis;
using Tessera.Training.Data;

namespace Tessera.Training.Ranking;

/// <summary>Documents and questions of one domain, made of the lines that were held back.</summary>
internal sealed class RankingWorld
{
    private const int MostCases = 3000;
    private const int PassageLength = 1000;
    private const int FewestSentences = 4;
    private const int MostWords = 12;
    private const int MostGuesses = 600;

    private readonly Dictionary<string, List<string>> _documents = [];
    private readonly Dictionary<List<string>, string> _titles = [];
    private readonly List<RankingCase> _cases = [];
    private readonly List<RankingCase> _guesses = [];

    /// <summary>Each document's key, title and passages.</summary>
    public IEnumerable<(string Key, string Title, IReadOnlyList<string> Passages)> Documents =>
        _documents.Select(x => (x.Key, _titles.GetValueOrDefault(x.Value) ?? (x.Key.StartsWith('\0') ? "" : x.Key), (IReadOnlyList<string>)x.Value));

    /// <summary>The questions: evenly drawn from all where there are very many.</summary>
    public IEnumerable<RankingCase> Cases => Some(_cases, MostCases).Concat(Some(_guesses, MostGuesses));

    /// <summary>Makes a world.</summary>
    public static RankingWorld Of(IEnumerable<TrainingLine> lines)
    {
        var world = new RankingWorld();
        foreach (var line in lines)
        {
            switch (line)
            {
                case { Kind: "text" }:
                    world.PassagesOf(line.Title).AddRange(Passages.Cut(line.Text, PassageLength));
                    break;
                case { Evidence.Count: > 0 }:
                    world.AddEvidence(line);
                    break;
                default:
                    world.AddAnswer(line);
                    break;
            }
        }

        return world;
    }

    /// <summary>
    /// Adds a passage that nobody asked about. Where it is held back, one of its sentences, which it then lacks, stands for a question: half of them
    /// name the document, and half do not.
    /// </summary>
    public void AddPassage(string document, string title, string text)
    {
        var sentences = text.Split(". ");
        var passages = PassagesOf(document.Length > 0 ? document : title);
        _titles[passages] = title;
        if (sentences.Length < FewestSentences || !HeldBack.Has(text))
        {
            passages.Add(text);
            return;
        }

        var taken = sentences[1..^1].MaxBy(x => x.Length)!;
        var rest = string.Join(". ", sentences.Where(x => x != taken));
        var words = taken.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var asked = string.Join(' ', words.Take(MostWords));
        passages.Add(rest);
        _guesses.Add(new RankingCase(_guesses.Count % 2 == 0 || title.Length == 0 ? asked : $"{title}: {asked}", rest.Equals) { Guessed = true });
    }

    // Who looks into one document does not name it.
    private void AddEvidence(TrainingLine line)
    {
        _cases.Add(new RankingCase(line.Question, Answers));
        if (NamingPart.LengthIn(line.Question) > 0)
        {
            _cases.Add(new RankingCase(NamingPart.Without(line.Question).ToString(), Answers) { Within = line.Title });
        }

        bool Answers(string text) => line.Evidence.Any(x => text.Contains(x, StringComparison.Ordinal));
    }

    private void AddAnswer(TrainingLine line)
    {
        _cases.Add(new RankingCase(line.Question, line.Passage.Equals));
        PassagesOf(line.Title).Add(line.Passage);
    }

    // By their hashes: every n-th would take questions of one kind where kinds take turns.
    private static IEnumerable<RankingCase> Some(List<RankingCase> cases, int most) => cases.OrderBy(x => Term.KeyOf(x.Question)).Take(most);

    private List<string> PassagesOf(string title)
    {
        // Without a title each is a document of its own.
        var key = title.Length > 0 ? title : $"\0{_documents.Count}";
        return _documents.TryGetValue(key, out var passages) ? passages : _documents[key] = [];
    }
}
