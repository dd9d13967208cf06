using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>
/// Points and what they carry. <c>kind</c> says which: <c>collection</c> (a tenant's own), <c>revision</c>, <c>removal</c>, <c>chunk</c>, and
/// <c>void</c>, which keeps a generation from being taken twice. All but chunks carry the generation that made them.
/// </summary>
internal static class QdrantPoint
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The id of what a generation made: whoever comes first takes it.</summary>
    public static Guid IdOf(TenantId tenant, long generation) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tenant.Value:D}:{generation}"))).AsSpan(0, 16));

    /// <summary>A chunk's id.</summary>
    public static Guid IdOf(ChunkPlace place)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, place.Row);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], place.Chunk);
        return new Guid(bytes);
    }

    /// <summary>What a chunk carries.</summary>
    public static Dictionary<string, object?> Chunk(TenantId tenant, long row, int revision, int number, Chunk chunk) => new()
    {
        ["tenant"] = tenant.Value, ["kind"] = "chunk", ["document"] = chunk.Document.Value, ["revision"] = revision, ["row"] = row, ["number"] = number,
        ["ordinal"] = chunk.Ordinal, ["text"] = chunk.Text, ["path"] = chunk.Path, ["page"] = chunk.Page, ["start"] = chunk.Start, ["end"] = chunk.End,
        ["tags"] = chunk.Tags.Count == 0 ? null : chunk.Tags,
    };

    /// <summary>What a revision carries.</summary>
    public static Dictionary<string, object?> Revision(long row, StoredDocument document, int number, bool embedded, byte[] terms) => new()
    {
        ["kind"] = "revision", ["document"] = document.Id.Value, ["revision"] = number, ["row"] = row, ["name"] = document.Name, ["folder"] = document.Folder,
        ["tags"] = document.Tags, ["date"] = document.Date?.ToString(DateFormat, CultureInfo.InvariantCulture), ["language"] = document.Language,
        ["embedded"] = embedded, ["terms"] = terms,
    };

    /// <summary>A chunk, of what it carries.</summary>
    public static Chunk ReadChunk(JsonElement payload) => new(
        new DocumentId(payload.GetProperty("document").GetGuid()),
        payload.GetProperty("ordinal").GetInt32(),
        payload.GetProperty("text").GetString()!,
        payload.GetProperty("path").GetString()!,
        Value(payload, "page")?.GetInt32(),
        payload.GetProperty("start").GetInt32(),
        payload.GetProperty("end").GetInt32())
    {
        Tags = Value(payload, "tags")?.Deserialize<Dictionary<string, string>>() ?? SectionTags.None,
    };

    /// <summary>Where a chunk is stored, of what it carries.</summary>
    public static ChunkPlace ReadPlace(JsonElement payload) => new(payload.GetProperty("row").GetInt64(), payload.GetProperty("number").GetInt32());

    /// <summary>A revision, of what it carries.</summary>
    public static IndexedRevision ReadRevision(JsonElement payload)
    {
        var document = new StoredDocument(new DocumentId(payload.GetProperty("document").GetGuid()), payload.GetProperty("name").GetString()!)
        {
            Folder = payload.GetProperty("folder").GetString()!,
            Tags = payload.GetProperty("tags").Deserialize<string[]>()!,
            Date = Value(payload, "date")?.GetString() is { } date ? DateOnly.ParseExact(date, DateFormat, CultureInfo.InvariantCulture) : null,
            Language = Value(payload, "language")?.GetString(),
        };
        return new IndexedRevision(payload.GetProperty("row").GetInt64(), document, payload.GetProperty("revision").GetInt32());
    }

    /// <summary>A point's dense vector; empty where it has none.</summary>
    public static ReadOnlyMemory<float> ReadVector(JsonElement point) =>
        Value(point, "vector") is { ValueKind: JsonValueKind.Object } vectors && Value(vectors, QdrantCollection.Dense) is { } dense ? dense.Deserialize<float[]>() : default;

    private static JsonElement? Value(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
