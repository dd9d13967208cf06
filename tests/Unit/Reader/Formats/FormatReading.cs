using System.IO.Compression;
using System.Text;
using Tessera.Reader.Formats;
using Tessera.Sdk;

namespace Tessera.Unit.Reader.Formats;

/// <summary>Reads a file by one format in this process and keeps what comes out.</summary>
internal sealed class FormatReading
{
    private FormatReading(IReadOnlyList<Section> sections, int? pages) => (Sections, Pages) = (sections, pages);

    public IReadOnlyList<Section> Sections { get; }

    public int? Pages { get; }

    public string Text => string.Join(Section.Joint, Sections.Select(x => x.Text));

    public static FormatReading Of(IFormat format, string path, string? name = null)
    {
        var sections = new List<Section>();
        var output = new SectionWriter(sections.Add, 50_000_000);
        format.Read(new SourceFile(path, name ?? Path.GetFileName(path)), output, TestContext.Current.CancellationToken);
        return new(sections, output.Pages);
    }

    public static FormatReading Of(IFormat format, byte[] content, string name)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return Of(format, path, name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static FormatReading OfText(IFormat format, string content, string name) =>
        Of(format, Encoding.UTF8.GetBytes(content), name);

    /// <summary>A zip container of these parts, in this order.</summary>
    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }
}
