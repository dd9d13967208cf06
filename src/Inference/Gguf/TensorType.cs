using System.Collections.Frozen;
using System.Globalization;

namespace Tessera.Inference.Gguf;

/// <summary>How weights are stored.</summary>
/// <param name="Number">As files give it.</param>
/// <param name="Name">As people know it.</param>
/// <param name="BlockWeights">Weights that are stored together; a row is a multiple of it.</param>
/// <param name="BlockBytes">What they take.</param>
public sealed record TensorType(int Number, string Name, int BlockWeights, int BlockBytes)
{
    internal static FrozenDictionary<int, TensorType> All { get; } = EmbeddedTable.Read("tensor-types.txt")
        .Select(words => new TensorType(Int(words[0]), words[1], Int(words[2]), Int(words[3])))
        .ToFrozenDictionary(type => type.Number);

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
