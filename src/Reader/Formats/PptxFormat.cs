namespace Tessera.Reader.Formats;

/// <summary>Presentations: one page a slide, its title as heading, its notes at the end.</summary>
internal sealed class PptxFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var parts = new OfficeParts(file, cancellationToken);
        var main = parts.Main("ppt/presentation.xml");
        var targets = parts.Relations(main).Where(x => x.Type == "slide").DistinctBy(x => x.Id).ToDictionary(x => x.Id, x => x.Part);
        var slides = new List<string>();
        parts.Walk(main, walk =>
        {
            while (walk.Next())
            {
                // The slide's own id comes first under the same local name; the relation's is looked up among the relations.
                if (walk.IsStart && walk.Name == "sldId" && walk.Attributes("id").Select(targets.GetValueOrDefault).FirstOrDefault(x => x is not null) is { } slide)
                {
                    slides.Add(slide);
                }
            }
        });

        var outline = new Outline(output);
        output.Pages = slides.Count;
        for (var i = 0; i < slides.Count; i++)
        {
            outline.NextPage(i + 1);
            ReadSlide(parts, slides[i], outline);
        }

        outline.Flush();
    }

    private static void ReadSlide(OfficeParts parts, string slide, Outline outline)
    {
        var shapes = new DrawingText();
        parts.Walk(slide, shapes.Read);
        var relations = parts.Relations(slide);
        foreach (var diagram in relations.Where(x => x.Type is "diagramData" or "chart"))
        {
            parts.Walk(diagram.Part, shapes.Read);
        }

        shapes.WriteTo(outline);
        var notes = new DrawingText();
        parts.Walk(relations.FirstOrDefault(x => x.Type == "notesSlide")?.Part, notes.Read);
        foreach (var line in notes.Lines)
        {
            outline.Note(line);
        }
    }
}
