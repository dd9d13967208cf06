using System.Collections.Frozen;

namespace Tessera.Inference.Gguf;

/// <summary>The header of a GGUF file: keys and the list of tensors. Read with bounds, by managed code alone; immutable.</summary>
public sealed class GgufFile
{
    private readonly FrozenDictionary<string, object> values;

    internal GgufFile(IReadOnlyDictionary<string, object> values, IReadOnlyList<GgufTensor> tensors, long bytes)
    {
        this.values = values.ToFrozenDictionary(StringComparer.Ordinal);
        Tensors = tensors;
        TensorByName = tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        Bytes = bytes;
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, GgufTensor> TensorByName { get; }

    /// <summary>Bytes of the file.</summary>
    public long Bytes { get; }

    /// <summary>Every key.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>Reads a file's header and checks that every tensor lies within the file.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>: it is no GGUF file, is cut short, or contradicts itself.</exception>
    public static GgufFile Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            return GgufHeader.Read(stream);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelFault.BadFile, $"The model file '{Path.GetFileName(path)}' is not there.", missing);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelFault.BadFile, $"The model file '{Path.GetFileName(path)}' cannot be read: {closed.Message}", closed);
        }
    }

    /// <summary>A whole number; null where the key is absent or no whole number.</summary>
    public long? Number(string key) => values.GetValueOrDefault(key) as long?;

    /// <summary>A number of any kind; null where there is none.</summary>
    public double? Real(string key) => values.GetValueOrDefault(key) switch { double real => real, long whole => whole, _ => null };

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string key) => values.GetValueOrDefault(key) as string;

    /// <summary>A list; null where there is none.</summary>
    public GgufList? List(string key) => values.GetValueOrDefault(key) as GgufList;

    /// <summary>Whether the key is there, of whatever kind.</summary>
    public bool Has(string key) => values.ContainsKey(key);
}
