namespace Tessera.Inference;

/// <summary>A model that lies on this machine and was checked when it came.</summary>
/// <param name="Name">As receipts and <c>/v1/models</c> show it.</param>
/// <param name="Path">The GGUF file.</param>
/// <param name="Sha256">Lower-case hex of the file.</param>
public sealed record ModelFile(string Name, string Path, string Sha256);

/// <summary>A LoRA adapter that lies on this machine and was checked when it came.</summary>
/// <param name="Path">The GGUF file.</param>
/// <param name="Sha256">Lower-case hex of the file: the adapter's name.</param>
public sealed record AdapterFile(string Path, string Sha256);
