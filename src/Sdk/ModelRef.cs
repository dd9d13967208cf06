namespace Tessera.Sdk;

/// <summary>A model that a domain asks for.</summary>
/// <param name="Name">The model's name in the catalogue.</param>
/// <param name="Sha256">Lower-case hex of the file; null until the file is there, pinned afterwards.</param>
/// <param name="AdapterSha256">Lower-case hex of the LoRA adapter, or null for the bare model.</param>
public sealed record ModelRef(string Name, string? Sha256 = null, string? AdapterSha256 = null);
