using System.Buffers.Binary;
using System.Text;

namespace Tessera.Inference.Gguf;

/// <summary>Reads a header with a bound on everything that a file may claim.</summary>
internal sealed class GgufHeader
{
    private const uint Magic = 0x46554747;
    private const int MostKeys = 4096;
    private const int MostTensors = 100_000;
    private const int LongestKey = 256;
    private const int LongestText = 4 * 1024 * 1024;
    private const int LongestName = 64;
    private const int MostListed = 4_000_000;
    private const int MostKept = 1024;
    private const long LargestHeader = 256L * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly Stream stream;
    private readonly byte[] small = new byte[8];
    private long read;

    private GgufHeader(Stream stream) => this.stream = stream;

    public static GgufFile Read(Stream stream)
    {
        var header = new GgufHeader(stream);
        var (keys, tensors) = header.ReadCounts();
        var values = header.ReadValues(keys);
        var alignment = values.GetValueOrDefault("general.alignment") switch
        {
            null => 32,
            long size when size is >= 8 and <= 1 << 20 && (size & (size - 1)) == 0 => size,
            _ => throw Bad("its alignment is no power of two between 8 and 1,048,576"),
        };
        var list = header.ReadTensors(tensors, alignment);
        CheckPlaces(list, Align(header.read, alignment), stream.Length);
        return new GgufFile(values, list, stream.Length);
    }

    private static long Align(long offset, long alignment) => (offset + alignment - 1) / alignment * alignment;

    // Tensors follow each other in the file's order, without overlap, and end within it.
    private static void CheckPlaces(List<GgufTensor> tensors, long start, long length)
    {
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Offset < end)
            {
                throw Bad($"the tensor '{tensor.Name}' overlaps the one before it");
            }

            end = checked(tensor.Offset + tensor.Bytes);
            if (end > length - start)
            {
                throw Bad($"the tensor '{tensor.Name}' ends behind the end of the file: the file is cut short");
            }
        }
    }

    private (int Keys, int Tensors) ReadCounts()
    {
        if (stream.Length < 4 || UInt32() != Magic)
        {
            throw Bad("it does not begin with GGUF");
        }

        var version = UInt32();
        if (version is not (2 or 3))
        {
            throw Bad(BinaryPrimitives.ReverseEndianness(version) is 2 or 3
                ? "it is stored in big-endian order, which is not read here"
                : $"its format version is {version}; versions 2 and 3 are read");
        }

        var tensors = UInt64();
        var keys = UInt64();
        return tensors > MostTensors ? throw Bad("it claims more than 100,000 tensors")
            : keys > MostKeys ? throw Bad("it claims more than 4,096 keys")
            : ((int)keys, (int)tensors);
    }

    private Dictionary<string, object> ReadValues(int count)
    {
        var values = new Dictionary<string, object>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = String(LongestKey, "a key");
            if (key.Length == 0)
            {
                throw Bad("a key has no name");
            }

            var value = Value(UInt32(), key, inList: false);
            if (!values.TryAdd(key, value))
            {
                throw Bad($"the key '{Shown(key)}' is there twice");
            }
        }

        return values;
    }

    private object Value(uint type, string key, bool inList) => type switch
    {
        0 => (long)Bytes(1)[0],
        1 => (long)(sbyte)Bytes(1)[0],
        2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
        3 => (long)BinaryPrimitives.ReadInt16LittleEndian(Bytes(2)),
        4 => (long)UInt32(),
        5 => (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)),
        6 => (double)BinaryPrimitives.ReadSingleLittleEndian(Bytes(4)),
        7 => Bytes(1)[0] switch { 0 => false, 1 => true, _ => throw Bad($"the key '{Shown(key)}' is neither true nor false") },
        8 => String(LongestText, $"the key '{Shown(key)}'"),
        9 when !inList => List(key),
        10 => UInt64() is var number && number <= long.MaxValue ? (long)number : throw Bad($"the key '{Shown(key)}' is too large a number"),
        11 => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8)),
        12 => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8)),
        _ => throw Bad($"the key '{Shown(key)}' is of a kind that does not exist"),
    };

    private GgufList List(string key)
    {
        var type = UInt32();
        var count = UInt64();
        if (count > MostListed)
        {
            throw Bad($"the list '{Shown(key)}' claims more than 4,000,000 values");
        }

        var size = type switch { 0 or 1 or 7 => 1, 2 or 3 => 2, 4 or 5 or 6 => 4, 10 or 11 or 12 => 8, 8 => 0, _ => throw Bad($"the list '{Shown(key)}' is of a kind that is not read") };
        var numbers = new List<long>();
        for (ulong i = 0; i < count; i++)
        {
            if (size == 0)
            {
                Skip(Length(LongestText, $"a text of '{Shown(key)}'"));
            }
            else if (count <= MostKept && type is not (6 or 7 or 12))
            {
                numbers.Add((long)Value(type, key, inList: true));
            }
            else
            {
                Skip(checked((long)count * size));
                break;
            }
        }

        return new GgufList((long)count, size == 0, numbers);
    }

    private List<GgufTensor> ReadTensors(int count, long alignment)
    {
        var tensors = new List<GgufTensor>(Math.Min(count, 1024));
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = String(LongestName, "a tensor's name");
            if (name.Length == 0 || !names.Add(name))
            {
                throw Bad($"the tensor '{Shown(name)}' has no name or is there twice");
            }

            tensors.Add(ReadTensor(name, alignment));
        }

        return tensors;
    }

    private GgufTensor ReadTensor(string name, long alignment)
    {
        var dimensions = UInt32();
        if (dimensions is < 1 or > 4)
        {
            throw Bad($"the tensor '{Shown(name)}' has {dimensions} dimensions");
        }

        var shape = new long[dimensions];
        var weights = 1L;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = UInt64() is var size && size is >= 1 and <= 1UL << 40 ? (long)size : throw Bad($"the tensor '{Shown(name)}' has a size that cannot be");
            weights = weights <= (1L << 46) / shape[i] ? weights * shape[i] : throw Bad($"the tensor '{Shown(name)}' is larger than any file");
        }

        if (!TensorType.All.TryGetValue((int)Math.Min(UInt32(), int.MaxValue), out var type))
        {
            throw Bad($"the tensor '{Shown(name)}' is stored in a way that is not known");
        }

        if (shape[0] % type.BlockWeights != 0)
        {
            throw Bad($"a row of the tensor '{Shown(name)}' is no multiple of {type.BlockWeights}, as {type.Name} asks");
        }

        var offset = UInt64();
        return offset <= long.MaxValue / 2 && (long)offset % alignment == 0
            ? new GgufTensor(name, shape, type, (long)offset, weights / type.BlockWeights * type.BlockBytes)
            : throw Bad($"the tensor '{Shown(name)}' begins at a place that cannot be");
    }

    private string String(int longest, string what)
    {
        var bytes = new byte[Length(longest, what)];
        Fill(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Bad($"{what} is not valid UTF-8");
        }
    }

    private long Length(int longest, string what) => UInt64() is var length && length <= (ulong)longest && (long)length <= stream.Length - read
        ? (long)length
        : throw Bad($"{what} is longer than the file, or than {longest} bytes");

    private void Skip(long count)
    {
        if (count > stream.Length - read)
        {
            throw Bad("it is cut short");
        }

        // Few bytes are cheaper to read than to seek over: a seek throws the buffer away.
        Count(count);
        if (count <= 512)
        {
            Span<byte> over = stackalloc byte[(int)count];
            stream.ReadExactly(over);
        }
        else
        {
            stream.Seek(count, SeekOrigin.Current);
        }
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    private ReadOnlySpan<byte> Bytes(int count)
    {
        Fill(small.AsSpan(0, count));
        return small.AsSpan(0, count);
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Bad("it is cut short");
        }

        Count(bytes.Length);
    }

    private void Count(long bytes)
    {
        read += bytes;
        if (read > LargestHeader)
        {
            throw Bad("its header is larger than 256 MB");
        }
    }

    private static string Shown(string name) => name.Length <= 64 ? new string([.. name.Where(letter => !char.IsControl(letter))]) : name[..64];

    private static ModelException Bad(string problem) => new(ModelFault.BadFile, $"The file is no model that can be read: {problem}.");
}
