using Tessera.Inference.Llama.Native;

namespace Tessera.Inference.Llama.Engine;

/// <summary>One sequence of the context and what it holds. On the engine's thread.</summary>
internal sealed class Slot(int id)
{
    /// <summary>The sequence's number.</summary>
    public int Id { get; } = id;

    /// <summary>The tokens that the sequence has read.</summary>
    public List<int> Held { get; } = [];

    /// <summary>Whose tokens they are; null: nobody's.</summary>
    public PromptOwner? Owner { get; set; }

    /// <summary>The adapter under which they were read.</summary>
    public AdapterHandle? Adapter { get; set; }

    /// <summary>The reply that is being written; null: free.</summary>
    public Generation? Work { get; set; }

    /// <summary>Grows with every use.</summary>
    public long LastUsed { get; set; }

    /// <summary>Tokens of the prompt that are not read yet.</summary>
    public int Unread => Work is { Written: 0 } work ? work.Request.Prompt.Count - Held.Count : 0;
}
