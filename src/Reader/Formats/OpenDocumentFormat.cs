namespace Tessera.Reader.Formats;

/// <summary>OpenDocument texts, sheets and presentations.</summary>
internal sealed class OpenDocumentFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        using var parts = new ContainerParts(file, cancellationToken);
        parts.Walk("META-INF/manifest.xml", RefuseEncrypted, allowDoctype: true);
        var body = new OpenDocumentBody(output);
        if (!parts.Walk("content.xml", body.Read))
        {
            throw new UnreadableException("corrupt", "The file has the form of an OpenDocument file but its content is missing.");
        }
    }

    private static void RefuseEncrypted(XmlWalk walk)
    {
        while (walk.Next())
        {
            if (walk.IsStart && walk.Name == "encryption-data")
            {
                throw new UnreadableException("encrypted", "The document is protected with a password. Remove the password and upload it again.");
            }
        }
    }
}
