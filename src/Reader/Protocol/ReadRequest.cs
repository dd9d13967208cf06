namespace Tessera.Reader.Protocol;

/// <summary>Parent to worker: read this file. The worker answers with replies up to one <see cref="ReadReply.End"/> or <see cref="ReadReply.Failed"/>.</summary>
/// <param name="Path">The bytes on disk.</param>
/// <param name="Name">The file's name as uploaded.</param>
/// <param name="EntryFolder">Existing empty folder for an archive's entries.</param>
/// <param name="MaximumBytes">Larger files are refused.</param>
/// <param name="MaximumCharacters">Longest text, in UTF-16 code units.</param>
internal sealed record ReadRequest(string Path, string Name, string EntryFolder, long MaximumBytes, int MaximumCharacters);
