using Tessera.Reader.Formats;
using Tessera.Reader.Pdf;

namespace Tessera.Unit.Reader.Formats;

public sealed class FileKindsTests
{
    [Theory]
    [InlineData("word/document.xml", "a Word document")]
    [InlineData("ppt/presentation.xml", "a presentation")]
    [InlineData("xl/workbook.xml", "a workbook")]
    [InlineData("content.xml", "an OpenDocument file")]
    [InlineData("META-INF/container.xml", "an electronic book")]
    [InlineData("notes/first.txt", "an archive")]
    public void Container_without_an_ending_is_told_by_its_main_part(string part, string kind) =>
        Assert.Equal(kind, Find(FormatReading.Zip(("[Content_Types].xml", "<Types/>"), (part, "<a/>")), "attachment"));

    [Fact]
    public void Archive_that_holds_a_document_s_part_stays_an_archive() =>
        Assert.Equal("an archive", Find(FormatReading.Zip(("word/document.xml", "<a/>")), "parts.zip"));

    [Fact]
    public void Text_that_is_named_pdf_is_told_to_be_renamed()
    {
        var refused = Assert.Throws<UnreadableException>(() => FormatReading.OfText(new PdfFormat(), "A lease.", "lease.pdf"));
        Assert.Contains("is not a PDF", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Rename it", refused.Message, StringComparison.Ordinal);
    }

    private static string Find(byte[] content, string name)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return FileKinds.Find(new SourceFile(path, name)).Label;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
