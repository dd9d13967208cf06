using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tessera.Host.OpenAi;

/// <summary>A request for a completion, as OpenAI's clients send it.</summary>
/// <param name="Model">What is to write.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">How it is to write.</param>
/// <param name="Streams">Chunks as they come.</param>
/// <param name="WantsUsage">A stream ends with the count of tokens.</param>
internal sealed record CompletionRequest(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool Streams, bool WantsUsage)
{
    /// <exception cref="Errors.ProblemException">A member is missing or of another kind, with its name.</exception>
    public static CompletionRequest Read(JsonElement body)
    {
        var request = new RequestReader(body, "");
        if (request.Whole("n") is not (null or 1))
        {
            throw request.Bad("n", "one choice is written at a time");
        }

        var options = new ChatOptions
        {
            Temperature = request.Real("temperature", 0, 2),
            TopP = request.Real("top_p", 0, 1),
            FrequencyPenalty = request.Real("frequency_penalty", -2, 2),
            PresencePenalty = request.Real("presence_penalty", -2, 2),
            Seed = request.Whole("seed"),
            MaxOutputTokens = request.Count("max_completion_tokens") ?? request.Count("max_tokens"),
            StopSequences = request.Texts("stop", 4),
            ResponseFormat = ToolFields.ReadFormat(request),
            Tools = ToolFields.Read(request),
        };
        options.ToolMode = options.Tools is null ? null : ToolFields.ReadMode(request);
        return new CompletionRequest(
            request.Required("model"), MessageFields.Read(request), options, request.Flag("stream"), request.Child("stream_options")?.Flag("include_usage") is true);
    }
}
