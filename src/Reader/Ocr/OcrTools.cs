using System.Globalization;
using Tessera.Reader.Formats;

namespace Tessera.Reader.Ocr;

/// <summary>Text recognition by tesseract, and pictures of PDF pages by pdftoppm, where they are installed.</summary>
internal static class OcrTools
{
    private const string Tesseract = "tesseract";
    private const string Pdftoppm = "pdftoppm";

    /// <summary>Long side of a page's picture, in pixels: 200 dots an inch and more on A4, and bounded on a page of any size.</summary>
    private const int LongSide = 2600;
    private const int RenderSeconds = 4;
    private const int RecogniseSeconds = 8;

    private static readonly Lazy<string> Languages = new(FindLanguages);

    /// <returns>The packages to install, in words; null where nothing is missing.</returns>
    public static string? Missing(bool forPdf) => (Tool.IsInstalled(Tesseract), !forPdf || Tool.IsInstalled(Pdftoppm)) switch
    {
        (true, true) => null,
        (true, false) => "poppler-utils",
        (false, true) => "tesseract-ocr",
        _ => "tesseract-ocr and poppler-utils",
    };

    /// <returns>The page's text; empty where it cannot be pictured or read.</returns>
    public static string ReadPdfPage(string pdf, int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var picture = Path.Combine(Path.GetTempPath(), $"page-{number}");
        try
        {
            return Tool.Run(
                Pdftoppm, RenderSeconds, "-gray", "-singlefile", "-f", number, "-l", number,
                "-scale-to", LongSide.ToString(CultureInfo.InvariantCulture), pdf, picture) is null
                ? ""
                : Read(picture + ".pgm") ?? "";
        }
        finally
        {
            File.Delete(picture + ".pgm");
        }
    }

    /// <returns>Text of the image's pages, separated by form feeds; null where tesseract cannot read the image within its limits.</returns>
    public static string? Read(string image) => Tool.Run(Tesseract, RecogniseSeconds, image, "stdout", "-l", Languages.Value, "--psm", "3");

    /// <summary>English first, then what else is installed; each language costs time, so four at most.</summary>
    private static string FindLanguages()
    {
        var installed = (Tool.Run(Tesseract, RecogniseSeconds, "--list-langs") ?? "").Split('\n', StringSplitOptions.TrimEntries)
            .Skip(1).Where(x => x.Length > 0 && x is not ("osd" or "equ")).OrderBy(x => x != "eng").Take(4);
        return string.Join('+', installed);
    }
}
