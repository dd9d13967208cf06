using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Training.Data;

/// <summary>
/// What a model was made of and how, beside it as <c>.card.json</c>. Without dates and folders: equal inputs make an equal card.
/// </summary>
/// <param name="Kind">What the model is.</param>
internal abstract record Card([property: JsonPropertyOrder(-2)] string Kind)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        // Read as a file, never as a part of a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [JsonPropertyOrder(-1)]
    public required string Domain { get; init; }

    /// <summary>Indented JSON, ending with a new line.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, GetType(), Json), (byte)'\n'];
}
