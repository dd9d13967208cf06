using Tessera.Sdk;

namespace Tessera.Rag.Retrieval.Stores.Qdrant;

/// <summary>Filters of points, as Qdrant's JSON has them. Every one names the tenant.</summary>
internal static class QdrantFilter
{
    /// <summary>Points of a tenant for which all conditions hold.</summary>
    public static object Of(TenantId tenant, params IEnumerable<object> must) => new { Must = (object[])[Is("tenant", tenant.Value), .. must] };

    /// <summary>The same, less those for which one holds.</summary>
    public static object But(TenantId tenant, object mustNot, params IEnumerable<object> must) =>
        new { Must = (object[])[Is("tenant", tenant.Value), .. must], MustNot = (object[])[mustNot] };

    /// <summary>A field's value is this one.</summary>
    public static object Is(string key, object value) => new { Key = key, Match = new { Value = value } };

    /// <summary>A field's value is one of these.</summary>
    public static object Any<T>(string key, IReadOnlyList<T> values) => new { Key = key, Match = new { Any = values } };

    /// <summary>A field's value is none of these.</summary>
    public static object Except<T>(string key, IReadOnlyList<T> values) => new { Key = key, Match = new { Except = values } };

    /// <summary>A field's number is below another.</summary>
    public static object Below(string key, long number) => new { Key = key, Range = new { Lt = number } };

    /// <summary>A field's number is above another.</summary>
    public static object Above(string key, long number) => new { Key = key, Range = new { Gt = number } };

    /// <summary>The point is one of these.</summary>
    public static object Ids(IReadOnlyList<Guid> ids) => new { HasId = ids };
}
