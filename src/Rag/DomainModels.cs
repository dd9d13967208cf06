using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Rag;

/// <summary>The small models that a domain's package brings in its folder <c>models</c>. Immutable.</summary>
public sealed record DomainModels
{
    private const string TranslationFile = "models/translation.model";
    private const string RankerFile = "models/ranker.json";
    private const string EmbedderFile = "models/embedder.model";
    private const string AnswersFile = "models/answers.json";

    /// <summary>A domain that learned nothing.</summary>
    public static DomainModels None { get; } = new();

    /// <summary>Which passage words promise which question words; null: not learned.</summary>
    public TranslationModel? Translation { get; init; }

    /// <summary>Orders candidates; null: not learned, their signals are summed up.</summary>
    public Ranker? Ranker { get; init; }

    /// <summary>Texts to vectors; null: not learned.</summary>
    public DomainEmbedder? Embedder { get; init; }

    /// <summary>Which sentences answer, and whether any does; null: not learned, words covered are counted. It weighs the two above.</summary>
    public AnswerModel? Answers { get; init; }

    /// <summary>Reads what is there; a file that is missing was not learned.</summary>
    /// <param name="file">A file of the package by its path, or null where there is none.</param>
    /// <param name="profile">The domain's profile: its analysis makes the words.</param>
    /// <param name="embedder">Reads an embedder's file; what it throws is not caught.</param>
    /// <exception cref="PermanentException">A file is there and is no model of this domain.</exception>
    public static DomainModels Read(Func<string, ReadOnlyMemory<byte>?> file, DomainProfile profile, ReadEmbedder embedder)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(embedder);
        var models = new DomainModels
        {
            Translation = file(TranslationFile) is { } bytes ? TranslationModel.Read(bytes.Span, TextAnalyzer.For(profile.Analysis)) : null,
            Ranker = file(RankerFile) is { } weights ? Ranker.Read(weights.Span) : null,
            Embedder = file(EmbedderFile) is { } table ? DomainEmbedder.Of(table, $"{profile.Id}-embedder", embedder) : null,
            Answers = file(AnswersFile) is { } answers ? AnswerModel.Read(answers.Span) : null,
        };
        return models.Answers is null || (models.Translation is not null && models.Embedder is not null)
            ? models
            : throw new PermanentException("answers-unreadable", $"{AnswersFile} was fitted with a translation model and an embedder, and the package lacks one of them.");
    }

    /// <summary>As above, from an unpacked package.</summary>
    public static DomainModels Read(string folder, DomainProfile profile, ReadEmbedder embedder) => Read(
        path => Path.Combine(folder, path) is var full && File.Exists(full) ? File.ReadAllBytes(full) : (ReadOnlyMemory<byte>?)null, profile, embedder);
}
