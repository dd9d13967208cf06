using System.Runtime.CompilerServices;
using Tessera.Modules.Cutting;
using Tessera.Sdk;

namespace Tessera.Modules.Medical;

/// <summary>
/// Cuts papers, leaflets and guidelines at their sections and at the parts of a structured abstract; a long section is
/// cut at its paragraphs and sentences.
/// </summary>
internal sealed class PassageChunker : IChunker
{
    /// <summary>Nothing is longer than this many UTF-16 code units.</summary>
    public const int Longest = 1400;

    /// <inheritdoc />
    public async IAsyncEnumerable<Chunk> ChunkAsync(
        SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ordinal = 0;
        await foreach (var run in SectionRun.GroupAsync(sections, cancellationToken))
        {
            foreach (var part in Parts(run))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var (start, end) in Windows.Cut(run.Text, part.Start, part.End, Longest))
                {
                    yield return new Chunk(
                        document.Id, ordinal++, run.Text[start..end], part.Path, run.PageAt(start), run.Start + start, run.Start + end)
                    {
                        Tags = part.Role.Length == 0
                            ? run.Tags
                            : new Dictionary<string, string>(run.Tags, StringComparer.Ordinal) { ["role"] = part.Role },
                    };
                }
            }
        }
    }

    private static IEnumerable<Part> Parts(SectionRun run)
    {
        var text = run.Text;
        var start = 0;
        var (path, role) = (run.Path, SectionRole.OfTrail(run.Path));
        for (var line = 0; line < text.Length;)
        {
            var newline = text.IndexOf('\n', line);
            var end = newline < 0 ? text.Length : newline;
            if (SectionRole.OfLine(text.AsSpan(line, end - line)) is { } heading)
            {
                if (line > start)
                {
                    yield return new Part(start, line, path, role);
                }

                start = line;
                role = heading.Role;
                path = Under(run.Path, heading.Title);
            }

            line = end + 1;
        }

        yield return new Part(start, text.Length, path, role);
    }

    // The reader names a heading in the trail and leaves its line in the text: once is enough.
    private static string Under(string path, string title)
    {
        var last = path.LastIndexOf(Section.Separator, StringComparison.Ordinal);
        var innermost = last < 0 ? path : path[(last + Section.Separator.Length)..];
        return path.Length == 0 ? title : innermost == title ? path : path + Section.Separator + title;
    }

    private sealed record Part(int Start, int End, string Path, string Role);
}
