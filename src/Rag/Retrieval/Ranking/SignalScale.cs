namespace Tessera.Rag.Retrieval.Ranking;

/// <summary>The deviation of each signal over the chunks that a search may find: what makes signals comparable.</summary>
internal sealed class SignalScale
{
    private int _count;
    private Sums _words;
    private Sums _grams;
    private Sums _title;
    private Sums _document;
    private Sums _promised;

    /// <summary>Counts a chunk.</summary>
    public void Count(Signals signals)
    {
        _count++;
        _words.Add(signals.Words);
        _grams.Add(signals.Grams);
        _title.Add(signals.Title);
        _document.Add(signals.Document);
        _promised.Add(signals.Promised);
    }

    /// <summary>Each signal in deviations, as it is where all chunks have the same; 0 where there is none, so that scores are never below 0.</summary>
    public Signals Scaled(Signals signals) => new(
        _words.Scaled(signals.Words, _count),
        _grams.Scaled(signals.Grams, _count),
        _title.Scaled(signals.Title, _count),
        _document.Scaled(signals.Document, _count),
        _promised.Scaled(signals.Promised, _count));

    private struct Sums
    {
        private double _sum;
        private double _squares;

        public void Add(double value)
        {
            _sum += value;
            _squares += value * value;
        }

        public readonly float Scaled(double value, int count)
        {
            var mean = _sum / count;
            var variance = (_squares / count) - (mean * mean);
            return variance > 1e-9 ? (float)(value / Math.Sqrt(variance)) : (float)value;
        }
    }
}
