using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>Counts answers against gold.</summary>
internal sealed class AnswerTally
{
    private readonly List<double> _times = [];
    private readonly List<(double Strength, bool Answerable)> _strengths = [];
    private int _answerable, _unanswerable, _refused, _rightlyRefused, _inside, _citations, _overlapping, _verbatim, _judged, _spans, _covered;
    private int _mostCitations, _longest;
    private double _exact, _f1;

    /// <summary>Counts one answer; says what is wrong with it, or null.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="strength">By which it was answered or refused.</param>
    /// <param name="gold">What is right.</param>
    /// <param name="corpus">What citations are compared with.</param>
    /// <param name="milliseconds">How long the answer took.</param>
    public string? Add(Answer answer, double strength, GoldAnswer gold, ScratchCorpus corpus, double milliseconds)
    {
        _times.Add(milliseconds);
        _strengths.Add((strength, gold.Answerable));
        var refused = answer.Status == AnswerStatus.Refused;
        _refused += refused ? 1 : 0;
        _rightlyRefused += refused && !gold.Answerable ? 1 : 0;
        _citations += answer.Citations.Count;
        _verbatim += answer.Citations.Count(corpus.Holds);
        if (!refused)
        {
            (_mostCitations, _longest) = (Math.Max(_mostCitations, answer.Citations.Count), Math.Max(_longest, answer.Text.Length));
        }

        if (!gold.Answerable)
        {
            _unanswerable++;
            return refused ? null : AnswerMiss.Answered;
        }

        _answerable++;
        _exact += refused ? 0 : SquadMeasures.ExactMatch(answer.Text, gold.Texts);
        _f1 += refused ? 0 : SquadMeasures.F1(answer.Text, gold.Texts);
        _judged += answer.Citations.Count;
        _overlapping += answer.Citations.Count(citation => gold.Spans.Any(span => Overlaps(citation, span)));
        var covered = gold.Spans.Count(span => Covers(answer.Citations, span));
        (_spans, _covered) = (_spans + gold.Spans.Count, _covered + covered);
        _inside += covered > 0 ? 1 : 0;
        return covered > 0 ? null : refused ? AnswerMiss.Refused : AnswerMiss.Elsewhere;
    }

    public AnswerScores Scores()
    {
        _times.Sort();
        return new AnswerScores(
            _exact / _answerable,
            _f1 / _answerable,
            Share(_overlapping, _judged) ?? 0,
            Share(_covered, _spans) ?? 0,
            (double)_inside / _answerable,
            RefusalCurve.Area(_strengths),
            Share(_rightlyRefused, _refused),
            Share(_rightlyRefused, _unanswerable),
            (double)(_refused - _rightlyRefused) / _answerable,
            Share(_verbatim, _citations) ?? 1,
            _answerable,
            _unanswerable,
            _mostCitations,
            _longest,
            _times[_times.Count / 2]);
    }

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private static bool Overlaps(Citation citation, GoldSpan span) =>
        citation.Document == span.Document && citation.Start < span.End && span.Start < citation.End;

    // Every character of it, by one citation or by several that touch.
    private static bool Covers(IReadOnlyList<Citation> citations, GoldSpan span)
    {
        var reached = span.Start;
        foreach (var citation in citations.Where(citation => citation.Document == span.Document).OrderBy(citation => citation.Start))
        {
            if (citation.Start <= reached)
            {
                reached = Math.Max(reached, citation.End);
            }
        }

        return reached >= span.End;
    }
}
