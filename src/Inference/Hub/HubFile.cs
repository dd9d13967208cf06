namespace Tessera.Inference.Hub;

/// <summary>A file as the hub lists it.</summary>
/// <param name="Repository"><c>owner/name</c>.</param>
/// <param name="Path">Within the repository, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record HubFile(string Repository, string Path, long Size, string Sha256)
{
    /// <summary>The path's last part: how the file is called on this machine.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
