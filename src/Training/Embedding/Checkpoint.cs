using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Tessera.Training.Embedding;

/// <summary>
/// Learning as it stood after an epoch, in a file beside the result. It is taken up only for the same texts and settings, and only when
/// every byte is as it was written.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="key">SHA-256 over inputs and settings.</param>
internal sealed class Checkpoint(string path, byte[] key)
{
    private const int HeadBytes = 16;

    /// <summary>Key of these texts under these settings.</summary>
    public static byte[] Key(TrainingTexts texts, EmbedderSettings settings) =>
        SHA256.HashData([.. texts.Hash(), .. Encoding.UTF8.GetBytes(settings.Key)]);

    /// <summary>Replaces what was there.</summary>
    public void Write(LearnedTable learned)
    {
        var beside = path + ".new";
        using (var file = File.Create(beside))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            Put(file, hash, key);
            Put(file, hash, MemoryMarshal.AsBytes<int>(new[] { learned.Epochs, learned.Steps, learned.Table.Rows, learned.Table.Width }));
            foreach (var part in Parts(learned))
            {
                Put(file, hash, MemoryMarshal.AsBytes(part.All));
            }

            file.Write(hash.GetHashAndReset());
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>What was written for the same key; null where there is nothing, or something else, or damage.</summary>
    public LearnedTable? Read(int rows, int width)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var learned = new LearnedTable(new DenseMatrix(rows, width));
        if (file.Length != key.Length + HeadBytes + (Parts(learned).Count * (long)rows * width * sizeof(float)) + SHA256.HashSizeInBytes)
        {
            return null;
        }

        var (found, head, promised) = (new byte[key.Length], new byte[HeadBytes], new byte[SHA256.HashSizeInBytes]);
        Take(file, hash, found);
        Take(file, hash, head);
        foreach (var part in Parts(learned))
        {
            Take(file, hash, MemoryMarshal.AsBytes(part.All));
        }

        file.ReadExactly(promised);
        var numbers = MemoryMarshal.Cast<byte, int>(head);
        if (!found.AsSpan().SequenceEqual(key) || !hash.GetHashAndReset().AsSpan().SequenceEqual(promised) || numbers[2] != rows || numbers[3] != width)
        {
            return null;
        }

        (learned.Epochs, learned.Steps) = (numbers[0], numbers[1]);
        return learned;
    }

    private static IReadOnlyList<DenseMatrix> Parts(LearnedTable learned) => [learned.Table, learned.Means, learned.Squares];

    private static void Put(FileStream file, IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        file.Write(part);
        hash.AppendData(part);
    }

    private static void Take(FileStream file, IncrementalHash hash, Span<byte> part)
    {
        file.ReadExactly(part);
        hash.AppendData(part);
    }
}
