namespace Tessera.Inference.Llama.Native;

/// <summary>How the weights come into memory.</summary>
internal enum LoadMode
{
    /// <summary>Read into buffers of the layout that this processor computes best in: the file is in memory once.</summary>
    Read = 0,

    /// <summary>The file is mapped: it starts fast, and what is repacked for the processor is in memory beside it.</summary>
    Map = 1,
}
