using System.Text.Json;

namespace Tessera.Unit.Inference.Remote;

/// <summary>What an OpenAI-compatible server says.</summary>
internal static class OpenAIReplies
{
    public const string EventStream = "Content-Type: text/event-stream";

    public const string Done = "data: [DONE]\n\n";

    public static string Whole(string text) => $$$"""
        {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}}},
        "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}
        """;

    public static string Delta(string text) => $$$"""
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}}},"finish_reason":null}]}


        """;

    public const string Stop = """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}


        """;

    public const string Usage = """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}


        """;

    public static string Error(string code, string message)
        => JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", code } });

    /// <summary>Vectors as lists of numbers, or in base64 as the client library asks for.</summary>
    public static string Vectors(IEnumerable<(int Index, float[] Vector)> vectors, bool base64) => JsonSerializer.Serialize(new
    {
        @object = "list",
        model = "e",
        usage = new { prompt_tokens = 2, total_tokens = 2 },
        data = vectors.Select(x => new
        {
            @object = "embedding",
            index = x.Index,
            embedding = base64 ? (object)Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(x.Vector.AsSpan())) : x.Vector,
        }),
    });
}
