using Tessera.Sdk;

namespace Tessera.Reader.Formats;

/// <summary>Reads files of one kind. Runs in the worker process, one file at a time.</summary>
internal interface IFormat
{
    /// <summary>
    /// Reads the file. Throws <see cref="UnreadableException"/> for what a person should be told, and may throw anything for a
    /// corrupt file: the worker turns that into <c>corrupt</c>. Opens nothing but <paramref name="file"/>; no network.
    /// </summary>
    void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken);
}
