namespace Tessera.Reader.Formats;

/// <summary>
/// Word documents, read as a stream of parts without a tree. Tracked deletions and hidden text are left out; fields give the
/// result that was saved; footnotes and endnotes come at the end of the section that refers to them.
/// </summary>
internal sealed class DocxFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var parts = new OfficeParts(file, cancellationToken);
        var main = parts.Main("word/document.xml");
        var relations = parts.Relations(main);
        string? Part(string type) => relations.FirstOrDefault(x => x.Type == type)?.Part;

        var styles = new DocxStyles();
        parts.Walk(Part("styles"), styles.Read);
        var numbering = new DocxNumbering();
        parts.Walk(Part("numbering"), numbering.Read);
        var notes = new DocxNotes();
        parts.Walk(Part("footnotes"), notes.Read);
        parts.Walk(Part("endnotes"), notes.Read);

        var outline = new Outline(output);
        parts.Walk(main, new DocxBody(outline, styles, numbering, notes).Read);
        outline.Flush();
        output.Write(string.Join('\n', Margins(parts, relations)));
    }

    /// <summary>Lines of headers and footers, each once.</summary>
    private static IEnumerable<string> Margins(OfficeParts parts, IEnumerable<OfficeRelation> relations)
    {
        var notes = new DocxNotes();
        foreach (var relation in relations.Where(x => x.Type is "header" or "footer"))
        {
            parts.Walk(relation.Part, notes.Read);
        }

        return notes.Margins.Distinct().Where(x => x.Any(char.IsLetter));
    }
}
