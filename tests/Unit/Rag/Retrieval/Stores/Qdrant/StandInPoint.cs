using System.Text.Json;

namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>A point of the stand-in: what it carries, and its vectors by their names. Immutable.</summary>
internal sealed record StandInPoint(Guid Id, IReadOnlyDictionary<string, JsonElement> Payload, IReadOnlyDictionary<string, float[]> Dense, IReadOnlyDictionary<string, Dictionary<uint, float>> Sparse)
{
    public static StandInPoint Read(JsonElement json)
    {
        var vectors = json.GetProperty("vector").EnumerateObject().ToList();
        return new StandInPoint(
            json.GetProperty("id").GetGuid(),
            ReadPayload(json.GetProperty("payload")),
            vectors.Where(x => x.Value.ValueKind == JsonValueKind.Array).ToDictionary(x => x.Name, x => x.Value.Deserialize<float[]>()!),
            vectors.Where(x => x.Value.ValueKind == JsonValueKind.Object).ToDictionary(x => x.Name, x => ReadSparse(x.Value)));
    }

    public static Dictionary<string, JsonElement> ReadPayload(JsonElement json) => json.EnumerateObject().ToDictionary(x => x.Name, x => x.Value.Clone());

    public static Dictionary<uint, float> ReadSparse(JsonElement json)
    {
        var (indices, values) = (json.GetProperty("indices").Deserialize<uint[]>()!, json.GetProperty("values").Deserialize<float[]>()!);
        return indices.Length == values.Length ? indices.Zip(values).ToDictionary(x => x.First, x => x.Second) : throw new StandInRefusal(422, "indices and values differ in length");
    }

    /// <summary>As an answer has it.</summary>
    public Dictionary<string, object?> Write(JsonElement request)
    {
        var json = new Dictionary<string, object?> { ["id"] = Id };
        var payload = Option(request, "with_payload");
        json["payload"] = payload is { ValueKind: JsonValueKind.Array } some
            ? Payload.Where(x => some.EnumerateArray().Any(name => name.GetString() == x.Key)).ToDictionary()
            : payload is { ValueKind: JsonValueKind.False } ? null : Payload;
        if (Option(request, "with_vector") is { ValueKind: JsonValueKind.Array } names)
        {
            json["vector"] = names.EnumerateArray().Select(x => x.GetString()!).Where(Dense.ContainsKey).ToDictionary(x => x, x => (object)Dense[x]);
        }

        return json;
    }

    /// <summary>Whether a filter of the documented form holds.</summary>
    public bool Fits(JsonElement? filter) => filter is not { } some
        || (All(some, "must").All(Holds) && !All(some, "must_not").Any(Holds) && (Option(some, "should") is null || All(some, "should").Any(Holds)));

    public static JsonElement? Option(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static IEnumerable<JsonElement> All(JsonElement filter, string name) => Option(filter, name) is { } some
        ? some.ValueKind == JsonValueKind.Array ? some.EnumerateArray() : [some]
        : [];

    private bool Holds(JsonElement condition)
    {
        if (Option(condition, "has_id") is { } ids)
        {
            return ids.EnumerateArray().Any(x => x.GetGuid() == Id);
        }

        if (Option(condition, "key") is not { } key)
        {
            return Fits(condition);
        }

        if (!Payload.TryGetValue(key.GetString()!, out var own))
        {
            return false;
        }

        var values = own.ValueKind == JsonValueKind.Array ? own.EnumerateArray().ToList() : [own];
        if (Option(condition, "range") is { } range)
        {
            return values.Any(x => x.ValueKind == JsonValueKind.Number
                && (Option(range, "lt") is not { } lt || x.GetDouble() < lt.GetDouble()) && (Option(range, "gt") is not { } gt || x.GetDouble() > gt.GetDouble()));
        }

        var match = condition.GetProperty("match");
        return Option(match, "value") is { } value ? values.Any(x => Same(x, value))
            : Option(match, "any") is { } any ? values.Any(x => any.EnumerateArray().Any(y => Same(x, y)))
            : values.Any(x => !match.GetProperty("except").EnumerateArray().Any(y => Same(x, y)));
    }

    private static bool Same(JsonElement one, JsonElement other) => one.ValueKind == other.ValueKind && one.ValueKind switch
    {
        JsonValueKind.String => one.ValueEquals(other.GetString()),
        JsonValueKind.Number => one.GetInt64() == other.GetInt64(),
        _ => true,
    };
}
