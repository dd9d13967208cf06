using System.Text;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// Exact match and token F1 of SQuAD's official script (Rajpurkar et al. 2016): lower case, without punctuation and articles; the best over
/// all gold texts counts.
/// </summary>
internal static class SquadMeasures
{
    public static double ExactMatch(string answer, IEnumerable<string> gold)
    {
        var words = Words(answer);
        return gold.Any(text => Words(text).SequenceEqual(words)) ? 1 : 0;
    }

    public static double F1(string answer, IEnumerable<string> gold)
    {
        var words = Words(answer);
        return gold.Select(text => F1(words, Words(text))).DefaultIfEmpty(0).Max();
    }

    private static double F1(List<string> answer, List<string> gold)
    {
        if (answer.Count == 0 || gold.Count == 0)
        {
            return answer.Count == gold.Count ? 1 : 0;
        }

        var left = gold.CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        var shared = 0;
        foreach (var word in answer)
        {
            if (left.TryGetValue(word, out var count) && count > 0)
            {
                left[word] = count - 1;
                shared++;
            }
        }

        var (precision, recall) = ((double)shared / answer.Count, (double)shared / gold.Count);
        return shared == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static List<string> Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (!char.IsAscii(c) || !(char.IsPunctuation(c) || char.IsSymbol(c)))
            {
                plain.Append(c);
            }
        }

        return [.. plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the"))];
    }
}
