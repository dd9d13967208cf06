using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>A model that lies in the data folder and was checked when it came.</summary>
internal sealed class InstalledModel
{
    /// <summary>Of the file, lower-case hex; also where it lies, and the key: a name may change.</summary>
    public required string Sha256 { get; init; }

    public required string Name { get; set; }

    /// <summary>The name in lower case: unique.</summary>
    public required string NameKey { get; set; }

    public required ModelRole Role { get; set; }

    /// <summary>Used for its role where neither a tenant nor a domain names another; one a role.</summary>
    public bool IsDefault { get; set; }

    public required long Bytes { get; init; }

    public required string Architecture { get; init; }

    /// <summary>Weights.</summary>
    public required long Parameters { get; init; }

    public required string Quantisation { get; init; }

    /// <summary>Tokens that it was made to read.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Bytes that it takes when it is loaded with one context of the usual length.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>As the file or the hub names it.</summary>
    public string? Licence { get; init; }

    /// <summary><c>owner/name:file</c> where it was pulled; null: it was brought as a file.</summary>
    public string? Source { get; init; }

    public ModelState State { get; set; } = ModelState.Ready;

    /// <summary>Why it is not ready.</summary>
    public string? Reason { get; set; }

    public required DateTimeOffset AddedAt { get; init; }
}

internal enum ModelState
{
    Ready,

    /// <summary>Its file is gone.</summary>
    Missing,

    /// <summary>Its file is not what was installed.</summary>
    Broken,
}
