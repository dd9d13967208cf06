using System.Text;
using System.Xml;

namespace Tessera.Reader.Formats;

/// <summary>
/// XML of any vocabulary: a paragraph for each element that holds text; an element inside running text stays in its line.
/// Where there is no text between tags, the attributes are read.
/// </summary>
internal sealed class XmlFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        foreach (var withAttributes in new[] { false, true })
        {
            if (output.Count > 0)
            {
                return;
            }

            using var stream = file.Open();
            using var reader = XmlGuard.Open(stream);
            try
            {
                var outline = new Outline(output);
                new XmlText(outline, withAttributes).Read(new XmlWalk(reader, cancellationToken));
                outline.Flush();
            }
            catch (XmlException fault)
            {
                throw new UnreadableException("corrupt", fault.LineNumber > 0
                    ? $"Line {fault.LineNumber} of the file is not well-formed XML, or declares a document type or an entity, which is not read."
                    : "The file is not well-formed XML, or declares a document type or an entity, which is not read.");
            }
        }
    }
}
