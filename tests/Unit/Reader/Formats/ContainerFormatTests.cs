using Tessera.Reader.Formats;

namespace Tessera.Unit.Reader.Formats;

/// <summary>One small file of each format that is a zip of parts, and exactly what is read from it: <c>[page] trail: text</c>.</summary>
public sealed class ContainerFormatTests
{
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Drawing = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

    [Fact]
    public void Word_document_has_headings_rows_and_notes_without_what_was_deleted() => Check(
        new DocxFormat(), "a.docx", null,
        [
            "[] Term: Term\n\nIt lasts one year.[1]\n\n[1] Or two.",
            "[] Term: A | B\nC | D",
        ],
        ("word/_rels/document.xml.rels", Links(("s", "styles", "styles.xml"), ("f", "footnotes", "footnotes.xml"))),
        ("word/styles.xml", $"<w:styles {Word}><w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"),
        ("word/footnotes.xml", $"<w:footnotes {Word}><w:footnote w:id=\"1\"><w:p><w:r><w:t>Or two.</w:t></w:r></w:p></w:footnote></w:footnotes>"),
        ("word/document.xml", $"""
            <w:document {Word}><w:body>
            <w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>Term</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">It lasts </w:t></w:r><w:del><w:r><w:delText>two</w:delText></w:r></w:del><w:ins><w:r><w:t>one</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> year.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>B</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>C</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>D</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            </w:body></w:document>
            """));

    [Fact]
    public void Presentation_has_a_page_a_slide_with_its_notes() => Check(
        new PptxFormat(), "a.pptx", 2,
        ["[1] Plan: Plan\n\nWe begin.\n\nSay hello.", "[2] End: End"],
        ("ppt/presentation.xml", $"<p:presentation {Drawing} xmlns:r=\"{Relations}\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"b\"/><p:sldId id=\"257\" r:id=\"a\"/></p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels", Links(("a", "slide", "slides/slide1.xml"), ("b", "slide", "slides/slide2.xml"))),
        ("ppt/slides/slide1.xml", Slide(("title", "End"))),
        ("ppt/slides/slide2.xml", Slide(("title", "Plan"), ("body", "We begin."))),
        ("ppt/slides/_rels/slide2.xml.rels", Links(("n", "notesSlide", "../notesSlides/n.xml"))),
        ("ppt/notesSlides/n.xml", Slide(("body", "Say hello."))));

    [Fact]
    public void Workbook_has_a_page_a_sheet_and_a_line_a_row() => Check(
        new XlsxFormat(), "a.xlsx", 2,
        ["[1] Rents: City | Rent | Since\nRome | 1.5 | 2024-01-31", "[2] Notes:  | yes | TRUE"],
        ("xl/workbook.xml", $"<workbook xmlns:r=\"{Relations}\"><sheets><sheet name=\"Rents\" r:id=\"a\"/><sheet name=\"Notes\" r:id=\"b\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Links(("a", "worksheet", "s1.xml"), ("b", "worksheet", "s2.xml"), ("c", "sharedStrings", "t.xml"), ("d", "styles", "styles.xml"))),
        ("xl/t.xml", "<sst><si><t>City</t></si><si><r><t>Re</t></r><r><t>nt</t></r></si><si><t>Since</t></si><si><t>Rome</t></si></sst>"),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        ("xl/s1.xml", """
            <worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
            <row><c r="A2" t="s"><v>3</v></c><c r="B2"><f>1+0.5</f><v>1.5</v></c><c r="C2" s="1"><v>45322</v></c></row></sheetData></worksheet>
            """),
        ("xl/s2.xml", "<worksheet><sheetData><row><c r=\"B1\" t=\"inlineStr\"><is><t>yes</t></is></c><c r=\"C1\" t=\"b\"><v>1</v></c></row></sheetData></worksheet>"));

    [Fact]
    public void Open_document_has_headings_items_and_rows() => Check(
        new OpenDocumentFormat(), "a.odt", null,
        ["[] Scope: Scope\n\nIt binds both.\n\n- one\n- two", "[] Scope: A | B\nC | D"],
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", """
            <office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
            <text:h text:outline-level="1">Scope</text:h><text:p>It binds<text:s/>both.</text:p>
            <text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell><text:p>C</text:p></table:table-cell><table:table-cell><text:p>D</text:p></table:table-cell></table:table-row></table:table>
            </office:text></office:body></office:document-content>
            """));

    [Fact]
    public void Book_is_read_in_the_order_of_its_spine() => Check(
        new EpubFormat(), "a.epub", null,
        ["[] One: One\n\nFirst.", "[] Two: Two\n\nSecond."],
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"b/c.opf\"/></rootfiles></container>"),
        ("b/c.opf", """
            <package><manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="y" href="2.xhtml" media-type="application/xhtml+xml"/><item id="x" href="1.xhtml" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="n"/><itemref idref="x"/><itemref idref="y"/></spine></package>
            """),
        ("b/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
        ("b/1.xhtml", "<html><body><h1>One</h1><p>First.</p></body></html>"),
        ("b/2.xhtml", "<html><body><h1>Two</h1><p>Second.</p></body></html>"));

    private static string Links(params (string Id, string Type, string Target)[] links) =>
        $"<Relationships>{string.Concat(links.Select(x => $"<Relationship Id=\"{x.Id}\" Type=\"{Relations}/{x.Type}\" Target=\"{x.Target}\"/>"))}</Relationships>";

    private static string Slide(params (string Kind, string Text)[] shapes) =>
        $"<p:sld {Drawing}><p:cSld><p:spTree>{string.Concat(shapes.Select(x => $"<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"{x.Kind}\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{x.Text}</a:t></a:r></a:p></p:txBody></p:sp>"))}</p:spTree></p:cSld></p:sld>";

    private static void Check(IFormat format, string name, int? pages, string[] expected, params (string Name, string Content)[] parts)
    {
        var reading = FormatReading.Of(format, FormatReading.Zip(parts), name);
        Assert.Equal(expected, FormatTests.Shown(reading));
        Assert.Equal(pages, reading.Pages);
    }
}
