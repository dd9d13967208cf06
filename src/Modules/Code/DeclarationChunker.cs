using System.Runtime.CompilerServices;
using Tessera.Modules.Cutting;
using Tessera.Sdk;

namespace Tessera.Modules.Code;

/// <summary>
/// Cuts source code at its declarations: a function is a chunk with its comment, its signature and its lines. Short
/// neighbours stay together; a long one is cut at line ends. Other texts are cut at their headings and paragraphs.
/// </summary>
internal sealed class DeclarationChunker : IChunker
{
    /// <summary>Neighbours are joined up to this many UTF-16 code units.</summary>
    public const int Comfortable = 500;

    /// <summary>Nothing is longer than this.</summary>
    public const int Longest = 1600;

    /// <inheritdoc />
    public async IAsyncEnumerable<Chunk> ChunkAsync(
        SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ordinal = 0;
        await foreach (var piece in PiecesAsync(sections, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = piece.Text;
            foreach (var (start, end) in Windows.Cut(text, 0, text.Length, Longest))
            {
                yield return new Chunk(
                    document.Id, ordinal++, text[start..end], piece.Path, piece.Runs[0].PageAt(start), piece.Start + start, piece.Start + end)
                {
                    Tags = piece.TagsOf(start, end),
                };
            }
        }
    }

    private static async IAsyncEnumerable<CodePiece> PiecesAsync(
        IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CodePiece? held = null;
        await foreach (var run in SectionRun.GroupAsync(sections, cancellationToken))
        {
            if (held is not null && IsCode(held.Runs[0]) && IsCode(run) && held.Takes(run, Comfortable))
            {
                held = new CodePiece([.. held.Runs, run]);
                continue;
            }

            if (held is not null)
            {
                yield return held;
            }

            held = new CodePiece([run]);
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    private static bool IsCode(SectionRun run) => run.Tags.GetValueOrDefault(SectionTags.Kind) == SectionTags.KindCode;
}
