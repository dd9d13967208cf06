using Tessera.Reader.Formats;
using Tessera.Reader.Ocr;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace Tessera.Reader.Pdf;

/// <summary>PDF: text in reading order, page by page; pages that are images alone are recognised where the tools are installed.</summary>
internal sealed class PdfFormat : IFormat
{
    /// <summary>A page tree that lies about its length ends after so many pages in a row that cannot be read.</summary>
    private const int PatienceWithPages = 20;

    private readonly BoundedFilters _filters = new();

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var document = Open(file);
        var lines = new List<PdfLine>();
        var images = new List<int>();
        var unreadable = 0;
        for (var number = 1; number <= document.NumberOfPages && unreadable < PatienceWithPages; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            unreadable = ReadPage(document, number, lines, images) ? 0 : unreadable + 1;
        }

        if (lines.Count == 0 && images.Count == 0 && unreadable > 0)
        {
            throw new UnreadableException("corrupt", "The PDF is damaged: none of its pages can be read.");
        }

        output.Pages = document.NumberOfPages;
        PdfSections.Write(lines, Recognise(file, images, lines.Count > 0, output), output);
    }

    private PdfDocument Open(SourceFile file)
    {
        var bytes = File.ReadAllBytes(file.Path);
        PdfNesting.Check(bytes);
        try
        {
            var document = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, FilterProvider = _filters });
            _filters.ThrowIfExceeded();
            return document;
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnreadableException("encrypted", "The PDF is protected with a password. Remove the password and upload it again.");
        }
        catch (Exception e) when (e is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            _filters.ThrowIfExceeded();
            throw new UnreadableException("corrupt", FileSignatures.Read(file) == FileSignature.Pdf
                ? "The PDF is damaged: it could not be opened. Save it again, or get a sound copy, and upload that."
                : "The file is named .pdf but is not a PDF, or its beginning is damaged. Rename it to what it is, or upload a sound copy.");
        }
    }

    /// <returns>False where the page cannot be read.</returns>
    private bool ReadPage(PdfDocument document, int number, List<PdfLine> lines, List<int> images)
    {
        try
        {
            var page = document.GetPage(number);
            _filters.ThrowIfExceeded();
            var found = PageLines.Of(page);
            lines.AddRange(found);
            if (found.Count == 0 && page.NumberOfImages > 0)
            {
                images.Add(number);
            }

            return true;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or UnreadableException or InsufficientExecutionStackException))
        {
            _filters.ThrowIfExceeded();
            return false;
        }
    }

    private static Dictionary<int, string> Recognise(SourceFile file, List<int> pages, bool hasText, SectionWriter output)
    {
        if (pages.Count == 0)
        {
            return [];
        }

        if (OcrTools.Missing(forPdf: true) is { } missing)
        {
            return hasText ? [] : throw new UnreadableException("no-text", $"The PDF is a scan without text. To have scans read, install {missing} on the server.");
        }

        var texts = new Dictionary<int, string>();
        foreach (var page in pages)
        {
            output.SlowPage();
            texts[page] = OcrTools.ReadPdfPage(file.Path, page);
        }

        return texts;
    }
}
