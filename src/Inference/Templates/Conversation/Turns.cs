using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tessera.Inference.Templates.Conversation;

/// <summary>Messages to turns.</summary>
internal static class Turns
{
    private static readonly JsonSerializerOptions OneLine = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <exception cref="NotSupportedException">A message holds what is no text, such as an image.</exception>
    public static List<Turn> Of(IReadOnlyList<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var turns = new List<Turn>();
        foreach (var message in messages)
        {
            turns.AddRange(Of(message, names));
        }

        return turns;
    }

    /// <summary>A tool's answers are turns of their own, one each.</summary>
    private static IEnumerable<Turn> Of(ChatMessage message, Dictionary<string, string> names)
    {
        var texts = new List<string>();
        var thoughts = new List<string>();
        var calls = new List<TurnCall>();
        var hasResults = false;
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning:
                    thoughts.Add(reasoning.Text);
                    break;
                case TextContent text:
                    texts.Add(text.Text);
                    break;
                case FunctionCallContent call:
                    names[call.CallId] = call.Name;
                    calls.Add(new TurnCall(call.CallId, call.Name, (call.Arguments ?? new Dictionary<string, object?>()).ToDictionary()));
                    break;
                case FunctionResultContent result:
                    hasResults = true;
                    yield return new Turn(Turn.Tool, Written(result)) { CallId = result.CallId, Name = names.GetValueOrDefault(result.CallId) };
                    break;
                case UsageContent:
                    break;
                default:
                    throw new NotSupportedException($"A local model reads text, and a message holds a {content.GetType().Name}.");
            }
        }

        if (!hasResults || texts.Count > 0 || calls.Count > 0)
        {
            yield return new Turn(message.Role.Value, string.Concat(texts))
            {
                Reasoning = thoughts.Count > 0 ? string.Concat(thoughts) : null,
                Calls = calls,
            };
        }
    }

    private static string Written(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        var other => JsonSerializer.Serialize(other, OneLine.GetTypeInfo(other.GetType())),
    };
}
