namespace Tessera.Inference.Static;

/// <summary>What a static embedder's file holds: a row of bytes for each known word, then one for each bucket of runs of four letters.</summary>
internal sealed record StaticModel
{
    /// <summary>Width of a vector: a multiple of 16.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Whether names are cut at case, underscore and digits.</summary>
    public required bool SplitsIdentifiers { get; init; }

    /// <summary>Hashes of the known words, ascending.</summary>
    public required ulong[] Words { get; init; }

    /// <summary>Buckets of runs of four letters; at least one.</summary>
    public required int Buckets { get; init; }

    /// <summary>What a byte of each row is worth; the feature's rarity is in it.</summary>
    public required float[] Scales { get; init; }

    /// <summary>All rows behind each other, -127 to 127.</summary>
    public required sbyte[] Rows { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal; empty for a model that was never a file.</summary>
    public string Sha256 { get; init; } = "";
}
