using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Translation;

public sealed class TranslationModelTests
{
    // Where the parts of the toy's file begin: magic, version, the analyzer with its length, power, then counts and tables.
    private const int VersionAt = 8;
    private const int AnalyzerAt = 9;
    private static readonly int PowerAt = AnalyzerAt + 1 + ToyModel.Analyzer.Version.Length;
    private static readonly int WordsAt = PowerAt + 4;
    private static readonly int KeysAt = WordsAt + 4;
    private static readonly int SharesAt = KeysAt + (3 * 8);
    private static readonly int QuestionsAt = SharesAt + (3 * 4);
    private static readonly int PromisesAt = QuestionsAt + 4;
    private static readonly int FirstQuestionAt = PromisesAt + 4;

    [Fact]
    public void Promises_are_those_of_the_question_word()
    {
        var model = ToyModel.Read();
        Assert.Equal(3, model.Promises);
        Assert.Equal([ToyModel.Pet, ToyModel.Vet], model.QuestionWords);
        var promises = model.PromisesOf(ToyModel.Pet).ToArray();
        Assert.Equal([ToyModel.Cat, ToyModel.Dog], promises.Select(x => x.Word));
        Assert.Equal(0.5, promises[0].Probability, 0.5 * 0.015);
        Assert.Equal(0.25, promises[1].Probability, 0.25 * 0.015);
        Assert.Equal([ToyModel.Dog], model.PromisesOf(ToyModel.Vet).ToArray().Select(x => x.Word));
        Assert.True(model.PromisesOf(ToyModel.Cat).IsEmpty);
    }

    [Fact]
    public void Word_that_was_not_learned_from_is_as_rare_as_the_rarest()
    {
        var model = ToyModel.Read();
        Assert.Equal(0.02, model.MeanShareOf(ToyModel.Cat), 6);
        Assert.Equal(0.005, model.MeanShareOf(ToyModel.Vet), 6);
    }

    [Fact]
    public void What_is_written_is_read() => Gen.Select(AnyPromises, Gen.Double[0.001, 1]).Sample((promises, power) =>
    {
        var shares = promises.Values.SelectMany(x => x).Select(x => x.Word).Distinct().ToDictionary(word => word, word => 1.0 / (1 + (word % 1000)));
        var file = TranslationModelWriter.Write(ToyModel.Analyzer, power, shares, promises);
        var model = TranslationModel.Read(file, ToyModel.Analyzer);
        Assert.Equal((float)power, model.LengthPower);
        Assert.Equal(promises.Values.Sum(x => x.Count), model.Promises);
        Assert.All(shares, x => Assert.Equal((float)x.Value, model.MeanShareOf(x.Key)));
        foreach (var (question, list) in promises)
        {
            var read = model.PromisesOf(question).ToArray();
            Assert.Equal(list.Select(x => x.Word).Order(), read.Select(x => x.Word));
            Assert.All(list.OrderBy(x => x.Word).Zip(read), x => Assert.InRange(x.Second.Probability / x.First.Probability, 0.985, 1.015));
        }

        Assert.Equal(file, TranslationModelWriter.Write(ToyModel.Analyzer, power, shares.Reverse().ToDictionary(), promises.Reverse().ToDictionary()));
    }, iter: 200);

    [Fact]
    public void Changed_byte_is_refused() => Gen.Select(Gen.Int[0, ToyModel.File.Length - 1], Gen.Byte[1, 255]).Sample((at, flip) =>
    {
        var bytes = ToyModel.File.ToArray();
        bytes[at] ^= flip;
        Refused(bytes);
    }, iter: 1000);

    [Fact]
    public void Changed_bytes_under_a_fitting_digest_are_read_or_refused_but_fail_no_other_way() =>
        Gen.Select(Gen.Int[0, ToyModel.File.Length - 1 - SHA256.HashSizeInBytes], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = ToyModel.Resealed(file => Array.ForEach(changes, change => file[change.Item1] = change.Item2));
            try
            {
                var model = TranslationModel.Read(bytes, ToyModel.Analyzer);
                Assert.All(model.QuestionWords, word => Assert.All(model.PromisesOf(word).ToArray(), x => Assert.InRange(x.Probability, 0.0009f, 1)));
            }
            catch (PermanentException refused)
            {
                Assert.Equal("translation-model-unreadable", refused.Code);
            }
        }, iter: 3000);

    [Fact]
    public void Any_bytes_at_all_are_refused() => Gen.Byte.Array[0, 100].Sample(bytes =>
    {
        Refused(bytes);
        Refused(ToyModel.Sealed([.. ToyModel.File.AsSpan(0, WordsAt), .. bytes]));
    }, iter: 1000);

    [Fact]
    public void Every_cut_is_refused()
    {
        for (var length = 0; length < ToyModel.File.Length; length++)
        {
            Refused(ToyModel.File[..length]);
        }

        for (var length = AnalyzerAt; length < ToyModel.File.Length - SHA256.HashSizeInBytes; length++)
        {
            Refused(ToyModel.Sealed(ToyModel.File[..length]));
        }
    }

    [Fact]
    public void Refusal_names_what_is_wrong()
    {
        Assert.Contains("no translation model", Refused(ToyModel.Resealed(file => file[0]++)), StringComparison.Ordinal);
        Assert.Contains("version is 2", Refused(ToyModel.Resealed(file => file[VersionAt]++)), StringComparison.Ordinal);
        Assert.Contains("digest", Refused([.. ToyModel.File, 0]), StringComparison.Ordinal);
        Assert.Contains("analyzer 'qrose-2', not by 'prose-2'", Refused(ToyModel.Resealed(file => file[AnalyzerAt + 1]++)), StringComparison.Ordinal);
        Assert.Contains("too short for the 2147483651 words", Refused(ToyModel.Resealed(file => file[WordsAt + 3] = 0x80)), StringComparison.Ordinal);
        Assert.Contains("words are not in order", Refused(ToyModel.Resealed(file => file[KeysAt] = (byte)ToyModel.Dog)), StringComparison.Ordinal);
        Assert.Contains("question words are not in order", Refused(ToyModel.Resealed(file => file[FirstQuestionAt] = (byte)ToyModel.Vet)), StringComparison.Ordinal);
        Assert.Contains("no promises", Refused(ToyModel.Resealed(file => file[FirstQuestionAt + 8] = 0)), StringComparison.Ordinal);
        Assert.Contains("of a word that it does not have", Refused(ToyModel.Resealed(file => file[FirstQuestionAt + 9] = 4)), StringComparison.Ordinal);
        Assert.Contains("out of order", Refused(ToyModel.Resealed(file => file[FirstQuestionAt + 11] = 0)), StringComparison.Ordinal);
        Assert.Contains("probability is not above 0", Refused(ToyModel.Resealed(file => file[FirstQuestionAt + 10] = 0)), StringComparison.Ordinal);
        Assert.Contains("more promises than it has", Refused(ToyModel.Resealed(file => file[PromisesAt]++)), StringComparison.Ordinal);
        Assert.Contains("1 bytes follow", Refused(ToyModel.Sealed([.. ToyModel.File.AsSpan(0, ToyModel.File.Length - SHA256.HashSizeInBytes), 0])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(0f)]
    [InlineData(-0.5f)]
    [InlineData(1.001f)]
    public void Number_that_is_no_share_is_refused(float value)
    {
        Assert.Contains("mean share", Refused(ToyModel.Resealed(file => BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(SharesAt), value))), StringComparison.Ordinal);
        Assert.Contains("power", Refused(ToyModel.Resealed(file => BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(PowerAt), value))), StringComparison.Ordinal);
    }

    [Fact]
    public void Model_of_another_analyzer_is_refused()
    {
        var refused = Assert.Throws<PermanentException>(() => TranslationModel.Read(ToyModel.File, TextAnalyzer.For(TextAnalysis.Code)));
        Assert.Contains(ToyModel.Analyzer.Version, refused.Message, StringComparison.Ordinal);
    }

    private static Gen<Dictionary<ulong, IReadOnlyList<WordPromise>>> AnyPromises { get; } = Gen.Dictionary(
        Gen.ULong,
        Gen.Dictionary(Gen.OneOf(Gen.ULong, Gen.ULong[0, 50]), Gen.Float[0.001f, 1])[1, 20]
            .Select(x => (IReadOnlyList<WordPromise>)[.. x.Select(y => new WordPromise(y.Key, y.Value))]))[0, 20];

    private static string Refused(byte[] bytes)
    {
        var refused = Assert.Throws<PermanentException>(() => TranslationModel.Read(bytes, ToyModel.Analyzer));
        Assert.Equal("translation-model-unreadable", refused.Code);
        return refused.Message;
    }
}
