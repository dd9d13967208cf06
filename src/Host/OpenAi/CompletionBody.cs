using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Tessera.Host.OpenAi;

/// <summary>Bodies and chunks in OpenAI's shape, with the citations and the receipt of a domain's answer beside the choices.</summary>
internal sealed class CompletionBody(string model, DateTimeOffset created, JsonSerializerOptions json)
{
    private readonly string id = $"chatcmpl-{Guid.NewGuid():N}";

    /// <summary>The whole reply.</summary>
    public JsonObject Whole(string text, IReadOnlyList<FunctionCallContent> calls, CompletionPiece.End end)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = calls.Count > 0 && text.Length == 0 ? null : text };
        if (calls.Count > 0)
        {
            message["tool_calls"] = new JsonArray([.. calls.Select(call => Call(call))]);
        }

        var body = Frame("chat.completion", new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = end.Reason, ["logprobs"] = null });
        body["usage"] = Usage(end);
        return Beside(body, end);
    }

    /// <summary>The first chunk of a stream.</summary>
    public JsonObject First() => Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" });

    public JsonObject Text(string text) => Chunk(new JsonObject { ["content"] = text });

    public JsonObject Call(FunctionCallContent call, int index)
    {
        var item = Call(call);
        item["index"] = index;
        return Chunk(new JsonObject { ["tool_calls"] = new JsonArray(item) });
    }

    /// <summary>The last chunk with a choice.</summary>
    public JsonObject Last(CompletionPiece.End end) => Beside(Chunk([], end.Reason), end);

    /// <summary>The count of tokens, a chunk of its own.</summary>
    public JsonObject UsageChunk(CompletionPiece.End end)
    {
        var chunk = Frame("chat.completion.chunk", null);
        chunk["usage"] = Usage(end);
        return chunk;
    }

    private static JsonObject Usage(CompletionPiece.End end) => new()
    {
        ["prompt_tokens"] = end.Read, ["completion_tokens"] = end.Written, ["total_tokens"] = end.Read + end.Written,
    };

    private static JsonObject Call(FunctionCallContent call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = call.Name,
            ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions),
        },
    };

    private JsonObject Chunk(JsonObject delta, string? reason = null) =>
        Frame("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason });

    private JsonObject Frame(string kind, JsonObject? choice) => new()
    {
        ["id"] = id,
        ["object"] = kind,
        ["created"] = created.ToUnixTimeSeconds(),
        ["model"] = model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
    };

    private JsonObject Beside(JsonObject body, CompletionPiece.End end)
    {
        if (end.Answer is { } answer)
        {
            body["status"] = answer.Status;
            body["citations"] = JsonSerializer.SerializeToNode(answer.Citations, json);
            body["references"] = JsonSerializer.SerializeToNode(answer.References, json);
            body["sentences"] = JsonSerializer.SerializeToNode(answer.Sentences, json);
            body["receipt"] = JsonSerializer.SerializeToNode(answer.Receipt, json);
        }

        if (end.Warning is { } warning)
        {
            body["warning"] = warning;
        }

        return body;
    }
}
