using Tessera.Reader.Formats;

namespace Tessera.Reader.Ocr;

/// <summary>Pictures of text: read by tesseract where it is installed.</summary>
internal sealed class ImageFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        if (OcrTools.Missing(forPdf: false) is { } missing)
        {
            throw new UnreadableException("no-text", $"The file is an image. To have images read, install {missing} on the server.");
        }

        output.SlowPage();
        var text = OcrTools.Read(file.Path)
            ?? throw new UnreadableException("no-text", "No text can be recognised in the image: it is damaged, too large or too noisy.");
        var pages = text.TrimEnd('\f').Split('\f');
        output.Pages = pages.Length;
        for (var i = 0; i < pages.Length; i++)
        {
            output.Write(pages[i], null, i + 1);
        }
    }
}
