using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>JSON as models write it: compact, and with no more escapes than needed.</summary>
internal static class JsonTexts
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value's text.</summary>
    public static string Of(JsonElement value) => JsonSerializer.Serialize(value, Written);

    /// <summary>A text in quotes.</summary>
    public static string Of(string text) => JsonSerializer.Serialize(text, Written);
}
