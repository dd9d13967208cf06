namespace Tessera.Host.Documents;

/// <summary>Bytes that lie on the disk and belong to no document yet; disposed without a document, they go.</summary>
/// <param name="path">Where they lie.</param>
/// <param name="length">How many they are.</param>
/// <param name="sha256">Lower-case hex.</param>
internal sealed class StagedBlob(string path, long length, string sha256) : IDisposable
{
    public long Length { get; } = length;

    public string Sha256 { get; } = sha256;

    /// <summary>Null once they were moved to a document.</summary>
    internal string? Path { get; private set; } = path;

    internal void Moved() => Path = null;

    public void Dispose()
    {
        if (Path is { } path)
        {
            File.Delete(path);
            Path = null;
        }
    }
}
