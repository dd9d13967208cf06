using Tessera.Rag.Retrieval.Explaining;

namespace Tessera.Host.Answers;

/// <summary>Why a passage was found, in words: what it holds, what its words promise, what its title has, which signal adds most.</summary>
internal static class PassageReason
{
    private const int MostWords = 6;
    private const int MostPromises = 3;

    // Less likely promises are chance.
    private const double Likely = 0.02;

    /// <summary>One sentence without a full stop.</summary>
    public static string Of(ExplainedPassage passage)
    {
        var reasons = new List<string>();
        var inText = passage.Held.Where(word => word.InText).Select(word => $"‘{word.Word}’").ToList();
        if (inText.Count > 0)
        {
            reasons.Add($"holds {Listed(inText)}");
        }

        var promises = passage.Promises.Where(promise => promise.By[0].Probability >= Likely).Take(MostPromises)
            .Select(promise => $"‘{promise.Word}’ ({string.Join(", ", promise.By.Where(word => word.Probability >= Likely).Select(word => word.Word))})").ToList();
        if (promises.Count > 0)
        {
            reasons.Add($"its words promise {Listed(promises)}");
        }

        var inTitle = passage.Held.Where(word => word.InTitle).Select(word => $"‘{word.Word}’").ToList();
        if (inTitle.Count > 0)
        {
            reasons.Add($"its title has {Listed(inTitle)}");
        }

        if (reasons.Count == 0)
        {
            reasons.Add("holds no searched word");
        }

        if (passage.Parts.MaxBy(part => part.Contribution) is { Contribution: > 0 } most)
        {
            reasons.Add($"most by {Named(most.Signal)}");
        }

        return string.Join("; ", reasons);
    }

    /// <summary>A signal as people read it; unknown ones by their own name.</summary>
    public static string Named(string signal) => signal switch
    {
        "words" => "words",
        "grams" => "pieces of words",
        "title" => "title",
        "document" => "whole document",
        "promised" => "promised words",
        "vector" => "likeness of meaning",
        "near" => "nearness of words",
        "kin" => "words alike",
        "place" => "place in the document",
        _ => signal,
    };

    private static string Listed(List<string> words)
    {
        var (shown, more) = (words.Take(MostWords).ToList(), words.Count - MostWords);
        return more > 0 ? $"{string.Join(", ", shown)} and {more} more"
            : shown is [var only] ? only
            : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }
}
