using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tessera.Inference.Static;

/// <summary>
/// The file of a static embedder, little-endian: magic, version, dimensions, words, buckets, flags (six times four bytes, the magic eight);
/// word hashes (8 bytes each); scales (4 each); rows; SHA-256 of all that. Every byte is accounted for: a file that differs anywhere is refused.
/// </summary>
internal static class StaticModelFile
{
    public const int Version = 1;
    public const int LeastDimensions = 16;
    public const int MostDimensions = 1024;
    private const int MostRows = 1 << 20;
    private const int HeadBytes = 28;
    private const float MostScale = 1e9f;
    private const int SplitsIdentifiers = 1;

    private static ReadOnlySpan<byte> Magic => "TSSTATIC"u8;

    /// <summary>Bytes of the file of such a model.</summary>
    public static long Length(int dimensions, long words, long buckets) =>
        HeadBytes + (words * sizeof(ulong)) + ((words + buckets) * (sizeof(float) + dimensions)) + SHA256.HashSizeInBytes;

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(StaticModel model)
    {
        var bytes = new byte[Length(model.Dimensions, model.Words.Length, model.Buckets)];
        var rest = bytes.AsSpan();
        Magic.CopyTo(rest);
        var head = new[] { Version, model.Dimensions, model.Words.Length, model.Buckets, model.SplitsIdentifiers ? SplitsIdentifiers : 0 };
        foreach (var (i, number) in head.Index())
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest[(Magic.Length + (i * sizeof(int)))..], number);
        }

        rest = rest[HeadBytes..];
        foreach (var word in model.Words)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, word);
            rest = rest[sizeof(ulong)..];
        }

        foreach (var scale in model.Scales)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, scale);
            rest = rest[sizeof(float)..];
        }

        MemoryMarshal.AsBytes(model.Rows.AsSpan()).CopyTo(rest);
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes), bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes));
        return bytes;
    }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file; also what a message names.</param>
    /// <param name="dimensions">The width that the reader needs; null takes any.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>, with what is wrong.</exception>
    public static StaticModel Read(string path, int? dimensions = null)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, Path.GetFileName(path), dimensions);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Bad(Path.GetFileName(path), $"cannot be read: {fault.Message}", fault);
        }
    }

    /// <inheritdoc cref="Read(string, int?)"/>
    public static StaticModel Read(Stream file, string name, int? dimensions = null)
    {
        var head = new byte[HeadBytes];
        if (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes || !head.AsSpan().StartsWith(Magic))
        {
            throw Bad(name, "is no static embedder");
        }

        var numbers = MemoryMarshal.Cast<byte, int>(head.AsSpan(Magic.Length));
        var (version, width, words, buckets, flags) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        var wrong = version != Version ? $"has version {version}; this build reads {Version}"
            : width is < LeastDimensions or > MostDimensions || width % 16 != 0 ? $"has {width} dimensions, which no embedder has"
            : dimensions is not null && dimensions != width ? $"has {width} dimensions, not {dimensions}"
            : words is < 0 or > MostRows || buckets is < 1 or > MostRows ? $"claims {words} words and {buckets} buckets"
            : (flags & ~SplitsIdentifiers) != 0 ? "asks for something that this build does not know"
            : file.Length != Length(width, words, buckets) ? $"is {file.Length} bytes long, not the {Length(width, words, buckets)} that its head says"
            : null;
        return wrong is null ? Body(file, head, name, new StaticModel
        {
            Dimensions = width,
            SplitsIdentifiers = flags == SplitsIdentifiers,
            Words = new ulong[words],
            Buckets = buckets,
            Scales = new float[words + buckets],
            Rows = new sbyte[(words + buckets) * width],
        }) : throw Bad(name, wrong);
    }

    private static StaticModel Body(Stream file, byte[] head, string name, StaticModel empty)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whole.AppendData(head);
        Fill(file, whole, MemoryMarshal.AsBytes(empty.Words.AsSpan()));
        Fill(file, whole, MemoryMarshal.AsBytes(empty.Scales.AsSpan()));
        Fill(file, whole, MemoryMarshal.AsBytes(empty.Rows.AsSpan()));
        var promised = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(promised);
        if (!whole.GetCurrentHash().AsSpan().SequenceEqual(promised))
        {
            throw Bad(name, "is damaged: its content does not match its checksum");
        }

        if (Enumerable.Range(1, Math.Max(0, empty.Words.Length - 1)).Any(i => empty.Words[i - 1] >= empty.Words[i]))
        {
            throw Bad(name, "has words that are not in order");
        }

        if (!empty.Scales.All(x => x is >= 0 and <= MostScale) || empty.Rows.Contains(sbyte.MinValue))
        {
            throw Bad(name, "has numbers out of range");
        }

        // A model's name is the hash of its whole file, the checksum included, as for every other model.
        whole.AppendData(promised);
        return empty with { Sha256 = Convert.ToHexStringLower(whole.GetCurrentHash()) };
    }

    private static void Fill(Stream file, IncrementalHash hash, Span<byte> part)
    {
        file.ReadExactly(part);
        hash.AppendData(part);
    }

    private static ModelException Bad(string name, string what, Exception? inner = null) =>
        new(ModelFault.BadFile, $"{name} {what}.", inner);
}
