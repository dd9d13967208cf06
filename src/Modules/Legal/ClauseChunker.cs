using System.Runtime.CompilerServices;
using Tessera.Modules.Cutting;
using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>
/// Cuts contracts, policies and statutes at their clauses. Short neighbours under one section stay together, so that a
/// question meets a whole thought; a long clause is cut at its sentences.
/// </summary>
internal sealed class ClauseChunker : IChunker
{
    /// <summary>Neighbours are joined up to this many UTF-16 code units.</summary>
    public const int Comfortable = 900;

    /// <summary>Nothing is longer than this.</summary>
    public const int Longest = 1600;

    // A heading of at most this level never shares a chunk with what stands before it.
    private const int SectionLevel = 2;

    /// <inheritdoc />
    public async IAsyncEnumerable<Chunk> ChunkAsync(
        SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ordinal = 0;
        var trail = new ClauseTrail();
        await foreach (var run in SectionRun.GroupAsync(sections, cancellationToken))
        {
            foreach (var piece in Join(Clauses(run, trail)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (start, end) in Windows.Cut(run.Text, piece.Start, piece.End, Longest))
                {
                    var text = run.Text[start..end];
                    yield return new Chunk(
                        document.Id, ordinal++, text, piece.Path, run.PageAt(start), run.Start + start, run.Start + end)
                    {
                        Tags = TagsOf(run.Tags, piece.Label, text),
                    };
                }
            }
        }
    }

    private static IEnumerable<Clause> Clauses(SectionRun run, ClauseTrail trail)
    {
        var text = run.Text;
        var start = 0;
        ClauseHeading? current = null;
        var path = trail.Under(run.Path);
        for (var line = 0; line < text.Length;)
        {
            var newline = text.IndexOf('\n', line);
            var end = newline < 0 ? text.Length : newline;
            if (ClauseHeading.Parse(text.AsSpan(line, end - line)) is { } heading)
            {
                if (line > start)
                {
                    yield return Clause.Of(text, start, line, current, path);
                }

                trail.Enter(heading);
                (start, current, path) = (line, heading, trail.Under(run.Path));
            }

            line = end + 1;
        }

        yield return Clause.Of(text, start, text.Length, current, path);
    }

    private static IEnumerable<Clause> Join(IEnumerable<Clause> clauses)
    {
        Clause? held = null;
        foreach (var clause in clauses)
        {
            if (held is null)
            {
                held = clause;
            }
            else if (clause.End - held.Start <= Comfortable && (clause.Level > SectionLevel || held.IsHeadingOnly))
            {
                // A heading alone gives its chunk the trail of what follows it; several clauses have the trail that they share.
                held = held.IsHeadingOnly
                    ? clause with { Start = held.Start }
                    : held with { End = clause.End, Path = Shared(held.Path, clause.Path), Label = held.Path == clause.Path ? held.Label : "" };
            }
            else
            {
                yield return held;
                held = clause;
            }
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    private static string Shared(string path, string other)
    {
        var names = path.Split(Section.Separator).Zip(other.Split(Section.Separator)).TakeWhile(pair => pair.First == pair.Second);
        return string.Join(Section.Separator, names.Select(pair => pair.First));
    }

    private static Dictionary<string, string> TagsOf(IReadOnlyDictionary<string, string> section, string label, string text)
    {
        var tags = new Dictionary<string, string>(section, StringComparer.Ordinal);
        if (label.Length > 0)
        {
            tags["clause"] = label;
        }

        if (Definition.TermOf(text) is { } term)
        {
            tags[SectionTags.Kind] = "definition";
            tags[SectionTags.Symbol] = term;
        }

        return tags;
    }

    /// <param name="IsHeadingOnly">It says nothing by itself: it goes with the clause below.</param>
    private sealed record Clause(int Start, int End, int Level, string Label, string Path, bool IsHeadingOnly)
    {
        // The stops behind label and title.
        private const int Punctuation = 4;

        public static Clause Of(string text, int start, int end, ClauseHeading? heading, string path) => new(
            start, end, heading?.Level ?? int.MaxValue, heading?.Label ?? "", path,
            heading is not null && text.AsSpan(start, end - start).Trim().Length <= heading.Name.Length + Punctuation);
    }
}
