using System.Text.Json;
using Tessera.Rag.Retrieval.Analysis;

namespace Tessera.Training.Data;

/// <summary>
/// Other words for questions that a training file asks of one document after another: whoever learned one wording only finds nothing for the next
/// person's. A JSON object: a question, without the part that names the document, and a list of other ways to ask it.
/// </summary>
internal sealed class Wordings
{
    // Beside its own words; all of a question's wordings come up, each with other documents.
    private const int OthersOfLine = 2;

    private readonly Dictionary<string, string[]> _others;

    private Wordings(Dictionary<string, string[]> others) => _others = others;

    /// <summary>Reads a file; null: no other words are known.</summary>
    /// <exception cref="TrainingDataException">The file is missing or no such object.</exception>
    public static Wordings Read(string? path)
    {
        if (path is null)
        {
            return new Wordings([]);
        }

        try
        {
            return new Wordings(JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(path)) ?? []);
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TrainingDataException($"{path} is no JSON object of questions with a list of other words for each. {fault.Message}", fault);
        }
    }

    /// <summary>Each line, and behind a question that has other words the same line in some of these, always the same.</summary>
    public IEnumerable<TrainingLine> Apply(IEnumerable<TrainingLine> lines)
    {
        foreach (var line in lines)
        {
            yield return line;
            var named = NamingPart.LengthIn(line.Question);
            if (_others.Count == 0 || !_others.TryGetValue(line.Question[named..].Trim(), out var others))
            {
                continue;
            }

            var first = (int)(Term.KeyOf(line.Question) % (ulong)others.Length);
            for (var i = 0; i < Math.Min(OthersOfLine, others.Length); i++)
            {
                yield return line with { Question = line.Question[..named] + others[(first + i) % others.Length] };
            }
        }
    }
}
