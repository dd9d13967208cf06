using System.IO.Compression;

namespace Tessera.Reader.Formats;

/// <summary>The parts of a zipped document (.docx, .odt, .epub …) by name. Targets are looked up among the entries and nowhere else.</summary>
internal sealed class ContainerParts : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationToken _cancellationToken;

    public ContainerParts(SourceFile file, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _zip = ZipGuard.Open(file);
        foreach (var entry in _zip.Entries)
        {
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public bool Contains(string part) => _entries.ContainsKey(part);

    /// <summary>Resolves a reference that stands in a part; null where no entry has that name.</summary>
    public string? Resolve(string fromPart, string target)
    {
        var path = target.Split('#')[0];
        var folder = path.StartsWith('/') ? "" : fromPart[..(fromPart.LastIndexOf('/') + 1)];
        var steps = new List<string>();
        foreach (var step in (folder + path).Split('/', '\\'))
        {
            if (step == "..")
            {
                steps.RemoveRange(Math.Max(0, steps.Count - 1), Math.Min(1, steps.Count));
            }
            else if (step.Length > 0 && step != ".")
            {
                steps.Add(step);
            }
        }

        var name = string.Join('/', steps);
        return Contains(name) ? name : null;
    }

    /// <summary>Walks an XML part; false where the container has no such part.</summary>
    /// <exception cref="System.Xml.XmlException">Not well formed, or it has a document type that is not allowed.</exception>
    public bool Walk(string? part, Action<XmlWalk> walk, bool allowDoctype = false)
    {
        if (part is null || !_entries.TryGetValue(part, out var entry))
        {
            return false;
        }

        using var stream = entry.Open();
        using var reader = XmlGuard.Open(stream, allowDoctype);
        walk(new XmlWalk(reader, _cancellationToken));
        return true;
    }

    /// <summary>All bytes of a part.</summary>
    public byte[] Bytes(string part)
    {
        using var stream = _entries[part].Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => _zip.Dispose();
}
