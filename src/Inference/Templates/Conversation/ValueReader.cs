using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference.Templates.Jinja.Values;

namespace Tessera.Inference.Templates.Conversation;

/// <summary>What callers hand in, as values of a template. All its text is untrusted. One rendering, one thread.</summary>
internal sealed class ValueReader
{
    private const int Depth = 64;

    /// <summary>How much text has been read.</summary>
    public long Characters { get; private set; }

    public Text Text(string text)
    {
        Characters += text.Length;
        return Jinja.Values.Text.Untrusted(text);
    }

    /// <exception cref="ModelException">It lies more than 64 levels deep.</exception>
    public Value Of(object? value, int depth = 0)
    {
        if (depth > Depth)
        {
            throw new ModelException(ModelFault.BadSchema, $"The arguments of a call or the parameters of a tool nest more than {Depth} levels deep.");
        }

        return value switch
        {
            null => None.Value,
            string text => Text(text),
            bool flag => Flag.Of(flag),
            int or long or short or byte or sbyte or ushort or uint => new Whole(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
            float or double or decimal => new Real(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            JsonElement json => Of(json, depth),
            IEnumerable<KeyValuePair<string, object?>> entries => Mapping(entries.Select(entry => (entry.Key, Of(entry.Value, depth + 1)))),
            IEnumerable list and not IDictionary when list.GetType().IsArray || list is IEnumerable<object?> =>
                new Sequence([.. list.Cast<object?>().Select(item => Of(item, depth + 1))]),
            _ => Of(JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())), depth),
        };
    }

    private Value Of(JsonElement json, int depth)
    {
        Characters += 8;
        return json.ValueKind switch
        {
            JsonValueKind.Object => Mapping(json.EnumerateObject().Select(property => (property.Name, Of((object)property.Value, depth + 1)))),
            JsonValueKind.Array => new Sequence([.. json.EnumerateArray().Select(item => Of((object)item, depth + 1))]),
            JsonValueKind.String => Text(json.GetString()!),
            JsonValueKind.Number => json.TryGetInt64(out var whole) ? new Whole(whole) : new Real(json.GetDouble()),
            JsonValueKind.True => Flag.True,
            JsonValueKind.False => Flag.False,
            _ => None.Value,
        };
    }

    private Mapping Mapping(IEnumerable<(string Key, Value Value)> entries)
    {
        var mapping = new Mapping();
        foreach (var (key, value) in entries)
        {
            mapping.Items[Text(key)] = value;
        }

        return mapping;
    }
}
