using Tessera.Inference.Constraints;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>
/// Holds a reply to a grammar. The likeliest token is asked first, which costs next to nothing; only where it does not fit the whole
/// vocabulary is looked at. For one request, on the engine's thread.
/// </summary>
/// <param name="grammar">At the start of its text; owned.</param>
/// <param name="isEnd">Tokens that end a reply.</param>
internal sealed class GrammarConstraint(GrammarHandle grammar, Func<int, bool> isEnd) : ITokenConstraint, IDisposable
{
    private bool ended;

    public bool IsComplete => ended;

    public bool Allows(int token) => grammar.Allows(token);

    public bool TryGetAllowed(out ReadOnlySpan<int> tokens)
    {
        tokens = default;
        return false;
    }

    public void Mask(Span<float> logits) => grammar.Mask(logits);

    public void Accept(int token)
    {
        ended = isEnd(token);
        grammar.Accept(token);
    }

    public void Dispose() => grammar.Dispose();
}
