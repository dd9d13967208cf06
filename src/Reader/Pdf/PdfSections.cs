using System.Text;
using Tessera.Reader.Formats;

namespace Tessera.Reader.Pdf;

/// <summary>Makes sections of lines: one from each heading to the next, and at least one a page.</summary>
internal static class PdfSections
{
    /// <param name="lines">All pages' lines, in order.</param>
    /// <param name="recognised">Text of pages without lines, by page.</param>
    /// <param name="output">Takes the sections.</param>
    public static void Write(IReadOnlyList<PdfLine> lines, IReadOnlyDictionary<int, string> recognised, SectionWriter output)
    {
        var hyphens = new Hyphens(lines);
        var headings = new Headings(lines);
        var images = new Queue<int>(recognised.Keys.Order());
        var at = 0;
        while (at < lines.Count)
        {
            WriteImages(lines[at].Page);
            var page = lines[at].Page;
            var start = at;
            for (var heading = headings.Take(lines, at); heading > 0 && (at += heading) < lines.Count && lines[at].Page == page;)
            {
                heading = headings.Take(lines, at);
            }

            var trail = headings.Trail;
            at = Math.Max(at, start + 1);
            while (at < lines.Count && lines[at].Page == page && headings.Take(lines, at) == 0)
            {
                at++;
            }

            output.Write(Join(lines, start, at, hyphens), trail, page);
        }

        WriteImages(int.MaxValue);

        void WriteImages(int before)
        {
            while (images.TryPeek(out var image) && image < before)
            {
                output.Write(recognised[images.Dequeue()], null, image);
            }
        }
    }

    private static string Join(IReadOnlyList<PdfLine> lines, int start, int end, Hyphens hyphens)
    {
        var text = new StringBuilder();
        var rest = lines[start].Text;
        for (var i = start; i < end; i++)
        {
            var (line, next) = i + 1 < end && !lines[i + 1].Begins ? hyphens.Join(rest, lines[i + 1].Text) : (rest, i + 1 < end ? lines[i + 1].Text : "");
            text.Append(line).Append(i + 1 < end && lines[i + 1].Begins ? "\n\n" : "\n");
            rest = next;
        }

        return text.ToString();
    }
}
