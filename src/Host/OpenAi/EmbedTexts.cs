using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Mediator;
using Microsoft.Extensions.AI;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Inference;

namespace Tessera.Host.OpenAi;

/// <summary>Vectors of texts by an installed embedding model; null where there is none of this name.</summary>
/// <param name="InBase64">Vectors as little-endian floats in base64, as OpenAI's clients like them.</param>
internal sealed record EmbedTexts(string Model, IReadOnlyList<string> Texts, bool InBase64, int? Dimensions) : IRequest<EmbeddingsView?>, IRequireRight
{
    private const int Most = 2048;

    public Right Right => Right.UseModels;

    /// <exception cref="ProblemException">A member is missing or of another kind, with its name.</exception>
    public static EmbedTexts Read(JsonElement body)
    {
        var request = new RequestReader(body, "");
        var texts = request.Texts("input", Most) ?? throw request.Bad("input", "it is missing");
        var format = request.Text("encoding_format") ?? "float";
        return texts.Count > 0 && texts.TrueForAll(text => text.Length > 0) && format is "float" or "base64"
            ? new EmbedTexts(request.Required("model"), texts, format == "base64", request.Count("dimensions"))
            : throw request.Bad("input", $"1 to {Most} texts that are not empty are expected, and an encoding_format of float or base64");
    }
}

/// <summary>Vectors in OpenAI's shape.</summary>
internal sealed record EmbeddingsView(string Object, IReadOnlyList<EmbeddingsView.Item> Data, string Model, EmbeddingsView.UsageView Usage)
{
    /// <param name="Embedding">Numbers, or their bytes in base64.</param>
    internal sealed record Item(string Object, int Index, JsonNode Embedding);

    internal sealed record UsageView([property: JsonPropertyName("prompt_tokens")] long PromptTokens, [property: JsonPropertyName("total_tokens")] long TotalTokens);
}

internal sealed class EmbedTextsHandler(NamedModels models, IModelCatalog catalog) : IRequestHandler<EmbedTexts, EmbeddingsView?>
{
    public async ValueTask<EmbeddingsView?> Handle(EmbedTexts request, CancellationToken cancellationToken)
    {
        if (await models.FindAsync(request.Model, ModelRole.Embedding, cancellationToken) is not { } model)
        {
            return null;
        }

        using var lease = await catalog.RentEmbedderAsync(model, cancellationToken);
        var made = await lease.Client.GenerateAsync(request.Texts, cancellationToken: cancellationToken);
        if (request.Dimensions is { } asked && asked != made[0].Vector.Length)
        {
            throw new ProblemException(ErrorCode.InvalidRequest, $"dimensions: this model's vectors have {made[0].Vector.Length}.");
        }

        var tokens = made.Usage?.InputTokenCount ?? 0;
        return new EmbeddingsView(
            "list",
            [.. made.Select((embedding, i) => new EmbeddingsView.Item("embedding", i, Write(embedding, request.InBase64)))],
            model.Name,
            new EmbeddingsView.UsageView(tokens, tokens));
    }

    private static JsonNode Write(Embedding<float> embedding, bool inBase64) => inBase64
        ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes(embedding.Vector.Span)))
        : new JsonArray([.. embedding.Vector.ToArray().Select(number => (JsonNode)JsonValue.Create(number))]);
}
