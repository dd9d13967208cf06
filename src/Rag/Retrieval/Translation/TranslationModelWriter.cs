using System.Security.Cryptography;
using System.Text;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;

namespace Tessera.Rag.Retrieval.Translation;

/// <summary>Writes what <see cref="TranslationModel.Read"/> reads.</summary>
internal static class TranslationModelWriter
{
    /// <summary>The bytes of a model; equal for equal contents, whatever their order.</summary>
    /// <param name="analyzer">What made the words.</param>
    /// <param name="lengthPower">By what power of its length a passage's words were thinned; above 0, at most 1.</param>
    /// <param name="shares">The passage words with their mean shares: above 0, at most 1.</param>
    /// <param name="promises">For each question word its promises, one or more, whose words are all among the shares.</param>
    public static byte[] Write(
        TextAnalyzer analyzer,
        double lengthPower,
        IReadOnlyDictionary<ulong, double> shares,
        IReadOnlyDictionary<ulong, IReadOnlyList<WordPromise>> promises)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true))
        {
            writer.Write(TranslationFile.Magic);
            writer.Write(TranslationFile.Version);
            writer.Write(analyzer.Version);
            writer.Write((float)lengthPower);
            var words = shares.Keys.Order().ToArray();
            writer.Write(words.Length);
            Array.ForEach(words, writer.Write);
            Array.ForEach(words, word => writer.Write((float)shares[word]));
            writer.Write(promises.Count);
            writer.Write(promises.Values.Sum(x => x.Count));
            foreach (var (question, list) in promises.OrderBy(x => x.Key))
            {
                writer.Write(question);
                Promises(writer, words, list);
            }
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private static void Promises(BinaryWriter writer, ulong[] words, IReadOnlyList<WordPromise> promises)
    {
        Number(writer, promises.Count);
        var last = -1;
        foreach (var (word, probability) in promises.OrderBy(x => x.Word))
        {
            var place = Array.BinarySearch(words, word);
            ArgumentOutOfRangeException.ThrowIfNegative(place);
            Number(writer, place - last);
            writer.Write(TranslationFile.LevelOf(probability));
            last = place;
        }
    }

    private static void Number(BinaryWriter writer, int value)
    {
        Span<byte> buffer = stackalloc byte[Varint.Longest];
        writer.Write(buffer[..Varint.Write(buffer, (uint)value)]);
    }
}
