using System.Collections.Frozen;
using Tessera.Reader.Code;
using Tessera.Reader.Ocr;
using Tessera.Reader.Pdf;

namespace Tessera.Reader.Formats;

/// <summary>Which format reads a file, told by its name's ending and its first bytes together.</summary>
internal static class FileKinds
{
    private static readonly FileKind Text = new("a text file", FileSignature.None, () => new TextFormat(), ".txt", ".text", ".log");
    private static readonly FileKind Archive = new(
        "an archive", FileSignature.Archive, null, ".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".7z", ".rar");

    private static readonly FileKind[] All =
    [
        Text,
        Archive,
        new("a PDF", FileSignature.Pdf, () => new PdfFormat(), ".pdf"),
        new("an image", FileSignature.Image, () => new ImageFormat(), ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"),
        new("a Word document", FileSignature.Zip, () => new DocxFormat(), ".docx", ".docm", ".dotx"),
        new("a presentation", FileSignature.Zip, () => new PptxFormat(), ".pptx", ".pptm", ".ppsx"),
        new("a workbook", FileSignature.Zip, () => new XlsxFormat(), ".xlsx", ".xlsm"),
        new("an OpenDocument file", FileSignature.Zip, () => new OpenDocumentFormat(), ".odt", ".ods", ".odp", ".ott"),
        new("an electronic book", FileSignature.Zip, () => new EpubFormat(), ".epub"),
        new("a Markdown file", FileSignature.None, () => new MarkdownFormat(), ".md", ".markdown", ".mdown"),
        new("a table", FileSignature.None, () => new CsvFormat(), ".csv", ".tsv"),
        new("a JSON file", FileSignature.None, () => new JsonFormat(), ".json", ".jsonl", ".ndjson"),
        new("a notebook", FileSignature.None, () => new NotebookFormat(), ".ipynb"),
        new("an XML file", FileSignature.None, () => new XmlFormat(), ".xml"),
        new("a rich text document", FileSignature.Rtf, () => new RtfFormat(), ".rtf"),
        new("an e-mail", FileSignature.None, () => new MailFormat(), ".eml"),
        new("a reStructuredText file", FileSignature.None, () => new RstFormat(), ".rst"),
        new("a web page", FileSignature.None, () => new HtmlFormat(), ".html", ".htm", ".xhtml"),
        new("a source file", FileSignature.None, () => new CodeFormat(), Languages.Endings),
    ];

    private static readonly FrozenDictionary<string, FileKind> ByEnding =
        All.SelectMany(kind => kind.Endings, KeyValuePair.Create).ToFrozenDictionary(x => x.Value, x => x.Key);

    private static readonly (string Part, string Ending)[] MainParts =
    [
        ("word/document.xml", ".docx"), ("ppt/presentation.xml", ".pptx"), ("xl/workbook.xml", ".xlsx"),
        ("META-INF/container.xml", ".epub"), ("content.xml", ".odt"),
    ];

    /// <summary>All endings that can be read, lower case with the dot.</summary>
    public static IEnumerable<string> Endings => ByEnding.Keys;

    /// <summary>Finds the kind of a file. An unknown ending, or none, is judged by the bytes; text of unknown ending is plain text.</summary>
    /// <exception cref="UnreadableException">empty, encrypted, corrupt or unknown-type.</exception>
    public static FileKind Find(SourceFile file)
    {
        var signature = FileSignatures.Read(file);
        if (!ByEnding.TryGetValue(file.Extension, out var kind))
        {
            return signature == FileSignature.Zip ? Container(file)
                : All.FirstOrDefault(x => signature != FileSignature.None && x.Signature == signature)
                ?? (signature is not FileSignature.None ? throw Unknown(signature) : FileSignatures.IsMail(file) ? ByEnding[".eml"] : Text);
        }

        if (kind.Signature == signature || (signature == FileSignature.Zip && kind.Signature == FileSignature.Archive))
        {
            return kind;
        }

        return signature switch
        {
            FileSignature.None when kind.Signature == FileSignature.Pdf => kind,
            FileSignature.None => throw new UnreadableException(
                "corrupt", $"The file is named {file.Extension} but is not {kind.Label}, or its beginning is damaged."),
            FileSignature.Compound or FileSignature.EncryptedCompound => throw Unknown(signature),
            _ => throw new UnreadableException(
                "unknown-type", $"The file is named {file.Extension} but its content is not {kind.Label}. Rename it to what it is."),
        };
    }

    // A document that lost its ending is told by its main part; any other container is unpacked: what its parts are, their own names tell.
    private static FileKind Container(SourceFile file)
    {
        using var parts = new ContainerParts(file, CancellationToken.None);
        return MainParts.FirstOrDefault(x => parts.Contains(x.Part)).Ending is { } ending ? ByEnding[ending] : Archive;
    }

    /// <summary>Whether the file is one to unpack.</summary>
    public static bool IsArchive(SourceFile file)
    {
        try
        {
            return Find(file).Format is null;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    private static UnreadableException Unknown(FileSignature signature) => signature switch
    {
        FileSignature.EncryptedCompound => new(
            "encrypted", "The document is protected with a password. Remove the password and upload it again."),
        FileSignature.Compound => new(
            "unknown-type", "This is a file of an old Office program. Save it as .docx, .xlsx or .pptx and upload that."),
        _ => new("unknown-type", "This kind of file cannot be read."),
    };
}
