using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tessera.Inference.Static.Model2Vec;

/// <summary>
/// A table of numbers out of a safetensors file: eight bytes of length, a JSON head, raw numbers. What the head claims is checked against
/// the file before memory is taken for it.
/// </summary>
internal static class SafetensorsFile
{
    private const int LongestHead = 1 << 20;
    private const long MostNumbers = 1L << 28;

    /// <summary>Reads a table of F32 or F16 numbers, row by row.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>, with what is wrong.</exception>
    public static (float[] Numbers, int Rows, int Width) Read(Stream file, string table)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (file.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(length) is var promised && (promised > LongestHead || promised > (ulong)(file.Length - length.Length)))
        {
            throw Bad("is no safetensors file");
        }

        var head = new byte[(int)promised];
        file.ReadExactly(head);
        try
        {
            using var json = JsonDocument.Parse(head);
            if (json.RootElement.TryGetProperty("mapping", out _) || json.RootElement.TryGetProperty("weights", out _))
            {
                throw Bad("has weights or a mapping beside its rows, which this build does not read");
            }

            return Table(file, json.RootElement.GetProperty(table), sizeof(ulong) + (long)promised);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad($"has no readable table '{table}'", fault);
        }
    }

    private static (float[] Numbers, int Rows, int Width) Table(Stream file, JsonElement table, long from)
    {
        var type = table.GetProperty("dtype").GetString();
        var size = type switch { "F32" => sizeof(float), "F16" => sizeof(float) / 2, _ => throw Bad($"has numbers of type {type}; F32 and F16 are read") };
        var (shape, place) = (table.GetProperty("shape"), table.GetProperty("data_offsets"));
        if (shape.GetArrayLength() != 2 || place.GetArrayLength() != 2)
        {
            throw Bad("has no table of two dimensions");
        }

        var (rows, width, start, end) = (shape[0].GetInt32(), shape[1].GetInt32(), place[0].GetInt64(), place[1].GetInt64());
        if (rows < 1 || width is < 1 or > StaticModelFile.MostDimensions || (long)rows * width > MostNumbers)
        {
            throw Bad($"claims {rows} rows of {width} numbers");
        }

        if (start < 0 || start > file.Length - from || end - start != (long)rows * width * size || end > file.Length - from)
        {
            throw Bad("is shorter than its head says");
        }

        file.Position = from + start;
        var numbers = new float[rows * width];
        if (size == sizeof(float))
        {
            file.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }
        else
        {
            var halves = new Half[numbers.Length];
            file.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(halves, numbers);
        }

        return numbers.All(float.IsFinite) ? (numbers, rows, width) : throw Bad("has numbers that are none");
    }

    private static ModelException Bad(string what, Exception? inner = null) => new(ModelFault.BadFile, $"model.safetensors {what}.", inner);
}
