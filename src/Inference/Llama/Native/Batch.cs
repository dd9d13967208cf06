using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary><c>llama_batch</c>, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Batch
{
    public int Count;
    public nint Tokens;
    public nint Embeddings;
    public nint Positions;
    public nint SequenceCounts;
    public nint SequenceIds;
    public nint Outputs;
}
