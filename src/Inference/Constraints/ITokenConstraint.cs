namespace Tessera.Inference.Constraints;

/// <summary>What a reply may be made of. For one request, on the engine's thread.</summary>
internal interface ITokenConstraint
{
    /// <summary>True: nothing but the end of the reply may come.</summary>
    bool IsComplete { get; }

    /// <summary>Whether the token may come next. Cheap; the state stays as it is.</summary>
    bool Allows(int token);

    /// <summary>The tokens that may come next, where they are few; false: ask <see cref="Mask"/>.</summary>
    bool TryGetAllowed(out ReadOnlySpan<int> tokens);

    /// <summary>Sets to minus infinity what may not come next.</summary>
    /// <param name="logits">The model's whole row, one score a token.</param>
    void Mask(Span<float> logits);

    /// <summary>Steps over a token that is allowed.</summary>
    void Accept(int token);
}
