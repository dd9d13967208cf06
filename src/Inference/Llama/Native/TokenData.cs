using System.Runtime.InteropServices;

namespace Tessera.Inference.Llama.Native;

/// <summary><c>llama_token_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenData
{
    public int Id;
    public float Logit;
    public float Probability;
}

/// <summary><c>llama_token_data_array</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenDataArray
{
    public nint Data;
    public nuint Size;
    public long Selected;
    public byte Sorted;
}
