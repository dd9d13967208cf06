using System.Text;
using Tessera.Reader.Formats;

namespace Tessera.Unit.Reader.Formats;

/// <summary>One small file of each format, and exactly what is read from it: <c>[page] trail: text</c>.</summary>
public sealed class FormatTests
{
    [Fact]
    public void Plain_text_is_one_section() => Check(new TextFormat(), "a.txt", "\r\nOne.  \r\n\r\nTwo.\r\n", "[] : One.\n\nTwo.");

    [Fact]
    public void Markdown_has_headings_lists_tables_and_code() => Check(
        new MarkdownFormat(), "a.md",
        "# Lease\n\nThe *rent* is [due](http://x).\n\n## Term\n\n1. One year\n2. Renewed\n   - silently\n\n| Part | Price |\n|---|---|\n| A | 1 |\n\n```\nx < y\n```\n",
        "[] Lease: Lease\n\nThe rent is due.",
        "[] Lease › Term: Term\n\n1. One year\n2. Renewed\n  - silently",
        "[] Lease › Term: Part | Price\nA | 1",
        "[] Lease › Term: x < y");

    [Fact]
    public void RestructuredText_has_titles_by_their_adornment() => Check(
        new RstFormat(), "a.rst",
        "Guide\n=====\n\nIt is *plain* ``code``.\n\nDose\n----\n\n- one\n- two\n\n=====  =====\nDrug   Dose\n=====  =====\nA      5 mg\n       daily\n=====  =====\n\nRun::\n\n    x = 1\n",
        "[] Guide: Guide\n\nIt is plain code.",
        "[] Guide › Dose: Dose\n\n- one\n- two",
        "[] Guide › Dose: Drug | Dose\nA | 5 mg daily",
        "[] Guide › Dose: Run:\n\nx = 1");

    [Fact]
    public void Html_gives_its_text_without_scripts_and_menus() => Check(
        new HtmlFormat(), "a.html",
        "<html><head><title>Policy</title><style>p{}</style></head><body><nav>Menu</nav><h1>Data</h1><p>We keep&nbsp;it<br>safe &amp; sound.</p>"
        + "<ul><li>one<li>two</ul><script>alert(1)</script><table><tr><th>Kind<th>Days<tr><td>Mail<td>30</table><div style=\"color:red\" hidden>no</div><p>End.</body>",
        "[] Policy › Data: Policy\n\nData\n\nWe keep it\nsafe & sound.\n\n- one\n- two",
        "[] Policy › Data: Kind | Days\nMail | 30",
        "[] Policy › Data: End.");

    [Fact]
    public void Rich_text_gives_paragraphs_and_rows() => Check(
        new RtfFormat(), "a.rtf",
        @"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}}{\pard\s1 Term\par}{\pard Caf\'e9 \u8364? 5 {\b only}{\v hidden}.\par}\trowd\cellx1\cellx2 A\cell B\cell\row\trowd\cellx1\cellx2 C\cell D\cell\row}",
        "[] Term: Term\n\nCafé € 5 only.",
        "[] Term: A | B\nC | D");

    [Fact]
    public void Mail_gives_its_head_its_text_and_its_attachments() => Check(
        new MailFormat(), "a.eml",
        "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: =?utf-8?q?Notice_of_caf=C3=A9?=\r\nDate: Mon, 3 Feb 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe end it.\r\n"
        + "--c\r\nContent-Type: text/html\r\n\r\n<p>We end it.</p>\r\n--c--\r\n--b\r\nContent-Type: text/plain; name=terms.txt\r\nContent-Disposition: attachment; filename=terms.txt\r\n\r\nThirty days.\r\n"
        + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n",
        "[] Notice of café: Notice of café\n\nFrom: \"Ann\" <ann@example.org>\nTo: bob@example.org\nDate: Mon, 3 Feb 2025 10:00:00 +0000\n\nWe end it.\n\nAttachment: a.pdf",
        "[] Notice of café › terms.txt: terms.txt\n\nThirty days.");

    [Fact]
    public void Table_of_separated_values_keeps_its_rows() => Check(
        new CsvFormat(), "a.csv", "Name;Note\r\nAnn;\"one; \"\"two\"\"\nthree\"\r\n;\r\nBob;\r\n", "[] : Name | Note\nAnn | one; \"two\" three\nBob");

    [Fact]
    public void Json_gives_each_value_behind_its_path() => Check(
        new JsonFormat(), "a.json", """{"lease":{"rent":500,"paid":true},"parties":[{"name":"Ann"},"Bob"],"end":null}""",
        "[] : lease.rent: 500\nlease.paid: true\nparties[0].name: Ann\nparties[1]: Bob\nend: null");

    [Fact]
    public void Json_lines_are_paragraphs() => Check(new JsonFormat(), "a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n", "[] : a: 1\n\na: 2");

    [Fact]
    public void Notebook_gives_cells_and_printed_results() => Check(
        new NotebookFormat(), "a.ipynb",
        """{"metadata":{"kernelspec":{"language":"python"}},"cells":[{"cell_type":"markdown","source":["# Load\n","It reads."]},{"cell_type":"code","source":"print(1)","outputs":[{"text":["1\n"]},{"data":{"image/png":"AAAA"}}]}]}""",
        "[] Load: Load\n\nIt reads.\n\nprint(1)\n\n1");

    [Fact]
    public void Xml_gives_its_text() => Check(new XmlFormat(), "a.xml", "<law><title>Act</title><p>One &amp; two.</p></law>", "[] : title: Act\n\nOne & two.");

    private static void Check(IFormat format, string name, string content, params string[] expected) =>
        Assert.Equal(expected, Shown(FormatReading.Of(format, Encoding.UTF8.GetBytes(content), name)));

    internal static IEnumerable<string> Shown(FormatReading reading) => reading.Sections.Select(x => $"[{x.Page}] {x.Path}: {x.Text}");
}
