using System.Security.Cryptography;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Translation;

/// <summary>A model of a few words whose file is known byte for byte.</summary>
internal static class ToyModel
{
    public const ulong Cat = 10;
    public const ulong Dog = 20;
    public const ulong Pet = 30;
    public const ulong Vet = 40;

    public static TextAnalyzer Analyzer { get; } = TextAnalyzer.For(TextAnalysis.Prose);

    /// <summary>Cat and dog promise pet, dog promises vet.</summary>
    public static byte[] File { get; } = TranslationModelWriter.Write(
        Analyzer,
        1,
        new Dictionary<ulong, double> { [Dog] = 0.01, [Cat] = 0.02, [Pet] = 0.005 },
        new Dictionary<ulong, IReadOnlyList<WordPromise>>
        {
            [Vet] = [new WordPromise(Dog, 0.1f)],
            [Pet] = [new WordPromise(Dog, 0.25f), new WordPromise(Cat, 0.5f)],
        });

    public static TranslationModel Read() => TranslationModel.Read(File, Analyzer);

    /// <summary>The file, changed, with a digest that fits: what only a wrong writer or an attacker makes.</summary>
    public static byte[] Resealed(Action<byte[]> change)
    {
        var bytes = File.ToArray();
        change(bytes);
        return Sealed(bytes[..^SHA256.HashSizeInBytes]);
    }

    public static byte[] Sealed(byte[] contents) => [.. contents, .. SHA256.HashData(contents)];
}
