namespace Tessera.Sdk;

/// <summary>What a chunker is told about the document whose sections it gets.</summary>
/// <param name="Id">The document.</param>
/// <param name="Name">Its file name as people see it; data, never a path to open.</param>
/// <param name="Language">Language of the text as BCP 47 tag where the uploader named one.</param>
public sealed record SourceDocument(DocumentId Id, string Name, string? Language = null);
