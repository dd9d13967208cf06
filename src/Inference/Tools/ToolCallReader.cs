using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tessera.Inference.Tools;

/// <summary>Reads the JSON of calls. What is broken, or calls a tool that was not offered, is no call.</summary>
internal sealed class ToolCallReader(IEnumerable<string> offered)
{
    private const string IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Mistral's templates take ids of this length only; the others take any.</summary>
    private const int IdLength = 9;

    private readonly HashSet<string> names = [.. offered];

    public bool IsOffered(string name) => names.Contains(name);

    /// <summary>The calls that a JSON text holds: one object, or a list of them; null: it holds anything else.</summary>
    public IReadOnlyList<FunctionCallContent>? Read(string json)
    {
        if (!TryParse(json, out var value) || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            return null;
        }

        List<FunctionCallContent> calls = [];
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
        {
            if (ReadOne(item) is not { } call)
            {
                return null;
            }

            calls.Add(call);
        }

        return calls;
    }

    /// <summary>The call of a tool whose name stands outside of the JSON; null: it is none.</summary>
    public FunctionCallContent? Read(string name, string arguments) =>
        names.Contains(name) && TryParse(arguments, out var value) && Arguments(value) is { } read ? Call(name, read) : null;

    private FunctionCallContent? ReadOne(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("function", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            item = inner;
        }

        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var said = item.TryGetProperty("arguments", out var given) || item.TryGetProperty("parameters", out given);
        var arguments = said ? Arguments(given) : [];
        return arguments is not null && Text(name) is { } called && names.Contains(called) ? Call(called, arguments) : null;
    }

    private static Dictionary<string, object?>? Arguments(JsonElement given)
    {
        // Some models write the arguments as a text that holds JSON, as OpenAI's interface has them.
        if (given.ValueKind == JsonValueKind.String && !(Text(given) is { } text && TryParse(text, out given)))
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Dictionary<string, object?> arguments = [];
        try
        {
            foreach (var argument in given.EnumerateObject())
            {
                arguments[argument.Name] = argument.Value;
            }
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return arguments;
    }

    private static FunctionCallContent Call(string name, Dictionary<string, object?> arguments) =>
        new(RandomNumberGenerator.GetString(IdLetters, IdLength), name, arguments);

    /// <summary>Null: it holds half a character.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool TryParse(string json, [NotNullWhen(true)] out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(json);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
