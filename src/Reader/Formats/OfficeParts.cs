namespace Tessera.Reader.Formats;

/// <summary>The parts of an Open XML document and how they refer to each other. External targets are not told: nothing is fetched.</summary>
internal sealed class OfficeParts(SourceFile file, CancellationToken cancellationToken) : IDisposable
{
    private readonly ContainerParts _parts = new(file, cancellationToken);

    /// <summary>The part that holds the document, by the package's relations or, where those are lost, by its usual name.</summary>
    /// <exception cref="UnreadableException">The package holds no such part.</exception>
    public string Main(string usual)
    {
        var main = Relations("").FirstOrDefault(x => x.Type == "officeDocument")?.Part;
        return main ?? (_parts.Contains(usual) ? usual : throw new UnreadableException(
            "corrupt", "The file has the form of an Office document but its main part is missing. Open and save it again."));
    }

    /// <summary>What a part refers to inside the package; empty name for the package itself.</summary>
    public IReadOnlyList<OfficeRelation> Relations(string part)
    {
        var cut = part.LastIndexOf('/') + 1;
        var found = new List<OfficeRelation>();
        _parts.Walk($"{part[..cut]}_rels/{part[cut..]}.rels", walk =>
        {
            while (walk.Next())
            {
                if (walk.IsStart && walk.Name == "Relationship" && walk["TargetMode"] != "External"
                    && _parts.Resolve(part, walk["Target"] ?? "") is { } target)
                {
                    var type = walk["Type"] ?? "";
                    found.Add(new(walk["Id"] ?? "", type[(type.LastIndexOf('/') + 1)..], target));
                }
            }
        });
        return found;
    }

    /// <inheritdoc cref="ContainerParts.Walk"/>
    public bool Walk(string? part, Action<XmlWalk> walk) => _parts.Walk(part, walk);

    public void Dispose() => _parts.Dispose();
}

/// <summary>A reference from one part to another.</summary>
/// <param name="Id">Its name in the referring part.</param>
/// <param name="Type">Last segment of the type's address: <c>styles</c>, <c>slide</c> …</param>
/// <param name="Part">The part it leads to.</param>
internal sealed record OfficeRelation(string Id, string Type, string Part);
