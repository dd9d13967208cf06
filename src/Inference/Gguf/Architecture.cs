using System.Collections.Frozen;

namespace Tessera.Inference.Gguf;

/// <summary>What an architecture asks of a file.</summary>
/// <param name="Name">As files give it.</param>
/// <param name="IsEncoder">It reads whole texts and writes none.</param>
/// <param name="Keys">Keys that must be there, below the architecture's name.</param>
/// <param name="Tensors">Tensors that must or may be there.</param>
internal sealed record Architecture(string Name, bool IsEncoder, IReadOnlyList<string> Keys, IReadOnlyList<TensorRule> Tensors)
{
    public static FrozenDictionary<string, Architecture> All { get; } = ReadAll().ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);

    private static IEnumerable<Architecture> ReadAll()
    {
        var lines = EmbeddedTable.Read("architectures.txt");
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i][0] != "arch")
            {
                continue;
            }

            var own = lines.Skip(i + 1).TakeWhile(line => line[0] != "arch").ToList();
            yield return new Architecture(
                lines[i][1],
                lines[i][2] == "encoder",
                [.. own.Where(line => line[0] == "key").Select(line => line[1])],
                [.. own.Where(line => line[0] != "key").Select(line => new TensorRule(Enum.Parse<TensorPlace>(line[0], ignoreCase: true), line[1].TrimStart('?'), line[2], line[1][0] == '?'))]);
        }
    }
}

/// <summary>One tensor that must or may be there.</summary>
/// <param name="Place">How often.</param>
/// <param name="Name">Its name, without the layer's.</param>
/// <param name="Shape">Its sizes by letters, as the table explains.</param>
/// <param name="IsOptional">It may be missing.</param>
internal sealed record TensorRule(TensorPlace Place, string Name, string Shape, bool IsOptional);

/// <summary>How often a tensor is there.</summary>
internal enum TensorPlace
{
    One,
    Layer,
    Dense,
    Expert,
}
