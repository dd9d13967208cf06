using System.Security.Cryptography;
using Tessera.Inference.Static;
using Tessera.Training.Data;

namespace Tessera.Training.Embedding;

/// <summary>
/// What an embedder is and where it comes from. No date and no path: the same inputs give the same card.
/// </summary>
internal sealed record EmbedderCard() : Card("static-embedder")
{
    public required int Dimensions { get; init; }

    public required int Words { get; init; }

    public required int Buckets { get; init; }

    public required int Bytes { get; init; }

    public required string Sha256 { get; init; }

    public required ulong Seed { get; init; }

    public required int Epochs { get; init; }

    public required int Texts { get; init; }

    public required int Pairs { get; init; }

    /// <summary>Whose texts were learned from, and under what licence.</summary>
    public required IReadOnlyList<CardSource> Sources { get; init; }

    /// <summary>The files they were read from.</summary>
    public required IReadOnlyList<CardFile> Files { get; init; }

    /// <summary>The card of a model that was written as these bytes.</summary>
    public static EmbedderCard Of(StaticModel model, byte[] bytes, EmbedderSettings settings, EmbedderSources sources, TrainingTexts texts) => new()
    {
        Domain = settings.Domain,
        Dimensions = model.Dimensions,
        Words = model.Words.Length,
        Buckets = model.Buckets,
        Bytes = bytes.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        Seed = settings.Seed,
        Epochs = settings.Epochs,
        Texts = texts.Passages,
        Pairs = texts.Pairs.Count,
        Sources = sources.Sources,
        Files = sources.Files,
    };
}

/// <summary>A source and how many lines came from it.</summary>
internal sealed record CardSource(string Source, string Licence, int Lines);

/// <summary>A file: its folder's name and its own.</summary>
internal sealed record CardFile(string Name, string Sha256);
