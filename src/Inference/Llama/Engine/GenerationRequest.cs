using Tessera.Inference.Constraints;
using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>One reply to be written.</summary>
/// <param name="Prompt">The prompt's tokens; at least one.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="MostTokens">After so many tokens the reply is cut; at least one.</param>
internal sealed record GenerationRequest(IReadOnlyList<int> Prompt, PromptOwner Owner, int MostTokens)
{
    /// <summary>So many tokens from the start are the domain's fixed instructions: what another of the tenant read of them may be reused.</summary>
    public int Shared { get; init; }

    /// <summary>The adapter that is applied; null: the bare model.</summary>
    public AdapterHandle? Adapter { get; init; }

    /// <summary>How tokens are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Benchmarks: tokens that end a reply are read on like others.</summary>
    public bool NeverEnds { get; init; }

    /// <summary>What the reply may be made of; null: anything.</summary>
    public ITokenConstraint? Constraint { get; init; }
}
