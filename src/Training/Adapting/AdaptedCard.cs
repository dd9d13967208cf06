using Tessera.Training.Data;

namespace Tessera.Training.Adapting;

/// <summary>What adapted models were made from and how. Nothing of the tenant's text stands in it.</summary>
internal sealed record AdaptedCard() : Card("adapted")
{
    public required ulong Seed { get; init; }

    public required AdaptationSettings Settings { get; init; }

    public required int Pairs { get; init; }

    public required int Passages { get; init; }

    /// <summary>Hashes of the models that were gone on from, by their files.</summary>
    public required IReadOnlyDictionary<string, string> From { get; init; }

    /// <summary>Hashes of what was made.</summary>
    public required IReadOnlyDictionary<string, string> Sha256 { get; init; }
}
