using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>A whole sentence of a reply.</summary>
/// <param name="Start">Its offset in the draft.</param>
/// <param name="End">Offset just behind it.</param>
/// <param name="Quotes">What it quotes, in order.</param>
/// <param name="HasUnfound">It holds what the model gave as a quote and that is none.</param>
internal sealed record DraftSentence(int Start, int End, string Text, IReadOnlyList<Citation> Quotes, bool HasUnfound);
