using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;

namespace Tessera.Rag.Answers;

/// <summary>
/// What of a question asks. Words that only name the document say nothing of which of its sentences answers; but before a colon there may stand what
/// is asked about: "Sleep apnoea: is it inherited?"
/// </summary>
internal static class AskedPart
{
    private static readonly string[] Leading = ["according to ", "by ", "for ", "in ", "of ", "per ", "under ", "within "];

    /// <summary>The question without the part that names its document, where that part reads like one or names one that was found.</summary>
    public static string Of(string question, IReadOnlyList<Candidate> found)
    {
        var name = question[..NamingPart.LengthIn(question)].Trim();
        return name.Length > 0 && (ReadsLikeName(name) || Ranker.IsNamed(question, found)) ? NamingPart.Without(question).ToString() : question;
    }

    // In the Supply Agreement between A and B: ..., example.com: ...
    private static bool ReadsLikeName(string name) =>
        Leading.Any(x => name.StartsWith(x, StringComparison.OrdinalIgnoreCase)) || (!name.Contains(' ') && name.AsSpan(0, name.Length - 1).Contains('.'));
}
