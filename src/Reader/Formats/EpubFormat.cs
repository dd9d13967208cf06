namespace Tessera.Reader.Formats;

/// <summary>Electronic books: the chapters in the order of the spine, each read as a web page.</summary>
internal sealed class EpubFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var parts = new ContainerParts(file, cancellationToken);
        string? package = null;
        parts.Walk("META-INF/container.xml", walk =>
        {
            while (walk.Next())
            {
                package ??= walk.IsStart && walk.Name == "rootfile" ? walk["full-path"] : null;
            }
        });
        if (package is null || !parts.Contains(package))
        {
            throw new UnreadableException("corrupt", "The file has the form of an electronic book but its list of contents is missing.");
        }

        var book = new EpubPackage();
        parts.Walk(package, book.Read, allowDoctype: true);
        var locked = LockedParts(parts);
        var outline = new Outline(output);
        foreach (var part in book.Spine.Select(x => parts.Resolve(package, Uri.UnescapeDataString(x))).OfType<string>())
        {
            if (locked.Contains(part))
            {
                throw new UnreadableException("encrypted", "The book is protected against copying. Upload one without protection.");
            }

            // A chapter that has headings of its own ends those of the chapter before; one without continues it.
            new HtmlText(outline, cancellationToken).Read(EncodedText.Decode(parts.Bytes(part)).Text);
        }

        outline.Flush();
    }

    /// <summary>Encrypted parts; fonts may be among them in books that are open.</summary>
    private static HashSet<string> LockedParts(ContainerParts parts)
    {
        var locked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        parts.Walk("META-INF/encryption.xml", walk =>
        {
            while (walk.Next())
            {
                if (walk.IsStart && walk.Name == "CipherReference")
                {
                    locked.Add(Uri.UnescapeDataString(walk["URI"] ?? ""));
                }
            }
        });
        return locked;
    }
}
