namespace Tessera.Host.Models;

/// <summary>A file that lies on the disk and is no model yet; disposed before it became one, it goes.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="length">Bytes.</param>
/// <param name="sha256">Lower-case hex.</param>
internal sealed class StagedModel(string path, long length, string sha256) : IDisposable
{
    private string? path = path;

    public long Length { get; } = length;

    public string Sha256 { get; } = sha256;

    /// <exception cref="InvalidOperationException">It became a model.</exception>
    public string Path => path ?? throw new InvalidOperationException("The file was taken already.");

    internal void Moved() => path = null;

    public void Dispose()
    {
        if (path is not null)
        {
            File.Delete(path);
            path = null;
        }
    }
}
