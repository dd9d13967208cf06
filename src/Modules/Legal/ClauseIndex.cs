using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>Where the clauses of one document stand, by what they are referred to as.</summary>
internal sealed class ClauseIndex
{
    // Levels of "(a)" and "(ii)" as ClauseHeading reads them.
    private const int Lettered = 7;
    private const int LongestStretch = 700;

    private readonly Dictionary<(ClauseKind Kind, string Number), LinkTarget> _clauses = [];

    /// <summary>Reads the clauses of a document's chunks.</summary>
    public static ClauseIndex Of(IEnumerable<Chunk> chunks)
    {
        var index = new ClauseIndex();
        var (kind, number, letter) = (ClauseKind.Clause, "", "");
        foreach (var chunk in chunks)
        {
            var lines = Headings(chunk.Text).ToList();
            for (var i = 0; i < lines.Count; i++)
            {
                var (start, heading) = lines[i];
                if (heading.Level >= Lettered)
                {
                    letter = heading.Level == Lettered ? heading.Label : $"{letter}{heading.Label}";
                }
                else if (ClauseReference.Named(heading.Label) is (var named, var what))
                {
                    (kind, number, letter) = (named, what, "");
                }

                if (number.Length > 0 && heading.Label.Length > 0)
                {
                    var end = lines.Skip(i + 1).FirstOrDefault(x => x.Heading.Level <= heading.Level) is { Heading: not null } next ? next.Start : chunk.Text.Length;
                    index.Add((kind, number + letter.ToLowerInvariant()), chunk, start, end);
                }
            }
        }

        return index;
    }

    /// <summary>The clause that is referred to, or the one that it is a part of; null: there is none.</summary>
    public LinkTarget? Find(ClauseReference reference)
    {
        var other = reference.Kind == ClauseKind.Clause ? ClauseKind.Article : ClauseKind.Clause;
        for (var number = reference.Number; ; number = number[..number.LastIndexOf('(')])
        {
            if (_clauses.TryGetValue((reference.Kind, number), out var clause)
                || (reference.Kind != ClauseKind.Schedule && _clauses.TryGetValue((other, number), out clause)))
            {
                return clause;
            }

            if (!number.Contains('('))
            {
                return null;
            }
        }
    }

    private static IEnumerable<(int Start, ClauseHeading Heading)> Headings(string text)
    {
        for (var line = 0; line < text.Length;)
        {
            var newline = text.IndexOf('\n', line);
            var end = newline < 0 ? text.Length : newline;
            if (ClauseHeading.Parse(text.AsSpan(line, end - line)) is { } heading)
            {
                yield return (line, heading);
            }

            line = end + 1;
        }
    }

    // A table of contents names the clauses too: what says most is the clause.
    private void Add((ClauseKind Kind, string Number) name, Chunk chunk, int start, int end)
    {
        var length = Math.Min(chunk.Text.AsSpan(start, end - start).TrimEnd().Length, LongestStretch);
        length = start + length < chunk.Text.Length && char.IsLowSurrogate(chunk.Text[start + length]) ? length - 1 : length;
        if (length > 0 && (!_clauses.TryGetValue(name, out var known) || known.Length < length))
        {
            _clauses[name] = new LinkTarget(chunk.Ordinal, chunk.Start + start, chunk.Start + start + length);
        }
    }
}

/// <summary>Where a document says what words of it refer to.</summary>
/// <param name="Ordinal">The chunk's number.</param>
/// <param name="Start">Offset in the document's text.</param>
/// <param name="End">Offset just behind it.</param>
internal sealed record LinkTarget(int Ordinal, int Start, int End)
{
    public int Length => End - Start;
}
