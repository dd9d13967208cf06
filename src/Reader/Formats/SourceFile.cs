namespace Tessera.Reader.Formats;

/// <summary>The file to read.</summary>
/// <param name="Path">Its bytes on disk.</param>
/// <param name="Name">Its name as uploaded; data, never a path to open.</param>
internal sealed record SourceFile(string Path, string Name)
{
    /// <summary>Lower-case ending with the dot, or empty.</summary>
    public string Extension => System.IO.Path.GetExtension(Name).ToLowerInvariant();

    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
}
