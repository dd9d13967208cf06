using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Reader.Protocol;

/// <summary>Source-generated serialisation of the two messages: no reflection at the worker's start.</summary>
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ReadReply))]
internal sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>Text of any script stays UTF-8 on the wire.</summary>
    public static ProtocolJson Wire { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
