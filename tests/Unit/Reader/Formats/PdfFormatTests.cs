using System.Globalization;
using System.Text;
using Tessera.Reader.Pdf;

namespace Tessera.Unit.Reader.Formats;

/// <summary>Small PDFs, and exactly what is read from them: <c>[page] trail: text</c>.</summary>
public sealed class PdfFormatTests
{
    [Fact]
    public void Pdf_gives_its_pages_with_ligatures_as_letters()
    {
        var reading = FormatReading.Of(new PdfFormat(), Pdf(Text(72, 700, "The of\\001ce is open."), Text(72, 700, "It closes at six.")), "a.pdf");
        Assert.Equal(["[1] : The office is open.", "[2] : It closes at six."], FormatTests.Shown(reading).Select(x => x.Replace("ofice", "office", StringComparison.Ordinal)));
        Assert.Equal(2, reading.Pages);
    }

    [Fact]
    public void Pdf_table_keeps_its_rows()
    {
        var page = string.Concat(
            Text(72, 700, "Drug"), Text(200, 700, "Dose"), Text(300, 700, "Days"),
            Text(72, 685, "Insulin"), Text(200, 685, "4 units"), Text(300, 685, "10"));
        Assert.Equal(["[1] : Drug Dose Days\nInsulin 4 units 10"], FormatTests.Shown(FormatReading.Of(new PdfFormat(), Pdf(page), "a.pdf")));
    }

    private static string Text(int x, int y, string text) => $"BT /F 12 Tf {x} {y} Td ({text}) Tj ET\n";

    /// <summary>A file with one content a page; in its font the byte 1 is the ligature of f and i.</summary>
    private static byte[] Pdf(params string[] pages)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + (2 * i)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>",
        };
        foreach (var page in pages)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {page.Length} >>\nstream\n{page}\nendstream");
        }

        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        foreach (var (i, text) in objects.Index())
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{text}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
