using Tessera.Rag.Retrieval.Translation;

namespace Tessera.Training.Translation;

/// <summary>A model to go on from.</summary>
/// <param name="Model">Of words of the same analysis.</param>
/// <param name="Trust">What it says of a passage word counts as if the word had been seen so often.</param>
internal sealed record KnownTranslation(TranslationModel Model, double Trust);
