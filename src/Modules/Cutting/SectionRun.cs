using System.Runtime.CompilerServices;
using System.Text;
using Tessera.Sdk;

namespace Tessera.Modules.Cutting;

/// <summary>Neighbouring sections under one heading trail, read as one text: a clause may run over a page's end.</summary>
/// <param name="Text">The sections' texts joined by <see cref="Section.Joint"/>.</param>
/// <param name="Start">Offset of the text in the document.</param>
/// <param name="Sections">The sections, at least one.</param>
internal sealed record SectionRun(string Text, int Start, IReadOnlyList<Section> Sections)
{
    // A document of one heading must not become one string of unbounded length.
    private const int Longest = 1 << 20;

    public string Path => Sections[0].Path;

    public IReadOnlyDictionary<string, string> Tags => Sections[0].Tags;

    /// <summary>The page on which the character at an offset of this run's text stands.</summary>
    public int? PageAt(int offset)
    {
        // The last section that begins at or before the offset: a run may have a great many.
        var (first, behind) = (0, Sections.Count);
        while (behind - first > 1)
        {
            var middle = (first + behind) / 2;
            (first, behind) = Sections[middle].Start - Start <= offset ? (middle, behind) : (first, middle);
        }

        return Sections[first].Page;
    }

    /// <summary>Groups sections lazily: a run ends where trail or tags change, or where it has grown long.</summary>
    public static async IAsyncEnumerable<SectionRun> GroupAsync(
        IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = new List<Section>();
        var length = 0;
        await foreach (var section in sections.WithCancellation(cancellationToken))
        {
            if (held.Count > 0 && (section.Path != held[0].Path || !SameTags(section.Tags, held[0].Tags) || length > Longest))
            {
                yield return Of(held);
                held.Clear();
                length = 0;
            }

            held.Add(section);
            length += section.Text.Length;
        }

        if (held.Count > 0)
        {
            yield return Of(held);
        }
    }

    private static SectionRun Of(List<Section> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.Append(text.Length == 0 ? "" : Section.Joint).Append(section.Text);
        }

        return new SectionRun(text.ToString(), sections[0].Start, [.. sections]);
    }

    private static bool SameTags(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        ReferenceEquals(a, b) || (a.Count == b.Count && a.All(x => b.TryGetValue(x.Key, out var value) && value == x.Value));
}
