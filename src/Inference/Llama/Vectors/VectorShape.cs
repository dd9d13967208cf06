using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Vectors;

/// <summary>How much a vector engine does at once.</summary>
/// <param name="Sequences">Texts that are read side by side.</param>
/// <param name="TextTokens">Most tokens of one text; never more than the model was trained for.</param>
/// <param name="BatchTokens">Most tokens that are computed together.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Pooling">How a text's vector is made; null: as the model says.</param>
internal sealed record VectorShape(int Sequences, int TextTokens, int BatchTokens, int Threads, Pooling? Pooling = null);
