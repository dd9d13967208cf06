namespace Tessera.Inference.Hub;

/// <summary>How far a pull is.</summary>
/// <param name="Bytes">On this machine, those of an earlier pull included.</param>
/// <param name="Size">All of the file.</param>
public readonly record struct PullProgress(long Bytes, long Size);
