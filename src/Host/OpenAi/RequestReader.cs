using System.Text.Json;
using Tessera.Host.Errors;

namespace Tessera.Host.OpenAi;

/// <summary>Reads members of a request and says by name what is wrong with one. What is null counts as left out.</summary>
internal sealed class RequestReader
{
    private readonly JsonElement json;
    private readonly string path;

    public RequestReader(JsonElement json, string path)
    {
        (this.json, this.path) = (json, path);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(ErrorCode.InvalidRequest, path.Length == 0 ? "The body is no JSON object." : $"{path} is no object.");
        }
    }

    public ProblemException Bad(string member, string problem) => new(ErrorCode.InvalidRequest, $"{path}{(path.Length == 0 ? "" : ".")}{member}: {problem}.");

    public JsonElement? Any(string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string? Text(string member) => Any(member) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad(member, "a text is expected");

    public string Required(string member) => Text(member) is { Length: > 0 } text ? text : throw Bad(member, "it is missing");

    public bool Flag(string member) => Any(member) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Bad(member, "true or false is expected"));

    public long? Whole(string member) => Any(member) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Bad(member, "a whole number is expected");

    public int? Count(string member) => Whole(member) is not { } value ? null : value is >= 1 and <= int.MaxValue ? (int)value : throw Bad(member, "1 or more is expected");

    public float? Real(string member, float least, float most) => Any(member) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number >= least && number <= most ? number
        : throw Bad(member, $"a number from {least} to {most} is expected");

    public RequestReader? Child(string member) => Any(member) is { } value ? new RequestReader(value, Name(member)) : null;

    public IReadOnlyList<RequestReader>? Children(string member) => Any(member) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select((item, i) => new RequestReader(item, $"{Name(member)}[{i}]"))]
        : throw Bad(member, "a list is expected");

    /// <summary>A text, or a list of texts.</summary>
    public List<string>? Texts(string member, int most)
    {
        if (Any(member) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return [value.GetString()!];
        }

        var list = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : throw Bad(member, "a text or a list of texts is expected");
        return list.Count <= most && list.TrueForAll(item => item.ValueKind == JsonValueKind.String)
            ? list.ConvertAll(item => item.GetString()!)
            : throw Bad(member, $"a text or at most {most} texts are expected");
    }

    private string Name(string member) => path.Length == 0 ? member : $"{path}.{member}";
}
