using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Conformance;

/// <summary>Small things that tests of stores are made of.</summary>
internal static class Worlds
{
    public static readonly TenantId Tenant = new(Guid.Parse("11111111-0000-4000-8000-000000000001"));
    public static readonly TenantId OtherTenant = new(Guid.Parse("11111111-0000-4000-8000-000000000002"));
    public static readonly DomainProfile Prose = Domain("prose", TextAnalysis.Prose);
    public static readonly DomainProfile Code = Domain("code", TextAnalysis.Code);

    public static DomainProfile Domain(string id, TextAnalysis analysis) =>
        new() { Id = id, Name = id, Description = id, Analysis = analysis };

    public static DocumentId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static StoredDocument Document(int number) => new(Id(number), $"n{number}");

    /// <summary>A chunk for each text, as if the texts stood behind each other.</summary>
    public static List<EmbeddedChunk> Chunks(DocumentId document, IEnumerable<string> texts)
    {
        var chunks = new List<EmbeddedChunk>();
        var start = 0;
        foreach (var text in texts)
        {
            chunks.Add(new EmbeddedChunk(new Chunk(document, chunks.Count, text, "", null, start, start + text.Length)));
            start += text.Length + 2;
        }

        return chunks;
    }
}
