namespace Tessera.Rag.Evaluation;

/// <summary>How well strength of evidence tells questions that are answered from those that are not, whatever the threshold.</summary>
internal static class RefusalCurve
{
    /// <summary>
    /// The area under the curve of right answers against wrong ones: the share of pairs of an answerable and an unanswerable question in which the
    /// first is the stronger, ties counted half; null where there is no such pair.
    /// </summary>
    public static double? Area(IReadOnlyCollection<(double Strength, bool Answerable)> questions)
    {
        var (below, won, answerable) = (0.0, 0.0, 0);
        foreach (var ties in questions.GroupBy(x => x.Strength).OrderBy(x => x.Key))
        {
            var right = ties.Count(x => x.Answerable);
            var wrong = ties.Count() - right;
            won += right * (below + (wrong / 2.0));
            below += wrong;
            answerable += right;
        }

        return below > 0 && answerable > 0 ? won / (below * answerable) : null;
    }
}
