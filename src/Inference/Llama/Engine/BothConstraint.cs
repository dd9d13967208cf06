using Tessera.Inference.Constraints;

namespace Tessera.Inference.Llama.Engine;

/// <summary>Holds a reply to two constraints at once. For one request, on the engine's thread.</summary>
internal sealed class BothConstraint(ITokenConstraint first, ITokenConstraint second) : ITokenConstraint, IDisposable
{
    private readonly List<int> few = [];

    public bool IsComplete => first.IsComplete || second.IsComplete;

    public bool Allows(int token) => first.Allows(token) && second.Allows(token);

    public bool TryGetAllowed(out ReadOnlySpan<int> tokens)
    {
        var (narrow, other) = (first, second);
        if (!narrow.TryGetAllowed(out tokens))
        {
            (narrow, other) = (second, first);
            if (!narrow.TryGetAllowed(out tokens))
            {
                return false;
            }
        }

        few.Clear();
        foreach (var token in tokens)
        {
            if (other.Allows(token))
            {
                few.Add(token);
            }
        }

        tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(few);
        return true;
    }

    public void Mask(Span<float> logits)
    {
        first.Mask(logits);
        second.Mask(logits);
    }

    public void Accept(int token)
    {
        first.Accept(token);
        second.Accept(token);
    }

    public void Dispose()
    {
        (first as IDisposable)?.Dispose();
        (second as IDisposable)?.Dispose();
    }
}
