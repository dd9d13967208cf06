using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;
using Tessera.Inference;
using Tessera.Inference.Static.Model2Vec;

namespace Tessera.Unit.Inference.Static.Model2Vec;

public sealed class Model2VecEmbedderTests : IDisposable
{
    private const string Tokenizer = """
        {"normalizer":{"type":"BertNormalizer","lowercase":true,"strip_accents":null},
         "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
                  "vocab":{"[UNK]":0,"rent":1,"##al":2,"cafe":3,"!":4,"中":5}}}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("tessera-model2vec-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Rental", new[] { 1, 2 })]
    [InlineData("rent, RENT!", new[] { 1, 1, 4 })]
    [InlineData("Café\u200b中rent", new[] { 3, 5, 1 })]
    [InlineData("rentable unknown \ud800", new int[0])]
    [InlineData("", new int[0])]
    public void Text_is_cut_as_bert_does(string text, int[] rows) => Assert.Equal(rows, Pieces().Cut(text));

    [Fact]
    public void Any_text_is_cut() => Gen.String.Sample(text => Assert.All(Pieces().Cut(text), x => Assert.InRange(x, 1, 5)), iter: 200);

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    public void Vector_is_the_mean_of_the_pieces_rows(string type)
    {
        Write(Table(type), Tokenizer);
        var embedder = Model2VecEmbedder.Load(folder);
        var vector = new float[2];
        Assert.True(embedder.Embed("rental", vector));
        Assert.Equal([0.6f, 0.8f], vector.Select(x => MathF.Round(x, 5)));
        Assert.False(embedder.Embed("?", vector));
        Assert.Equal([0f, 0f], vector);
    }

    [Fact]
    public void Damaged_tables_are_refused_or_read_as_numbers()
    {
        var good = Table("F32");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255], Gen.Int[0, good.Length]).Sample(
            (place, mask, length) =>
            {
                var bytes = (byte[])good.Clone();
                bytes[place] ^= mask;
                var fault = Record.Exception(() => SafetensorsFile.Read(new MemoryStream(bytes[..length]), "embeddings"));
                Assert.True(fault is null or ModelException { Fault: ModelFault.BadFile }, fault?.ToString());
            },
            iter: 2_000);
    }

    [Theory]
    [InlineData("WordPiece", "Unigram", "is of type Unigram; WordPiece is read")]
    [InlineData("\"中\":5", "\"中\":6", "has a piece in row 6, and the table has 6")]
    [InlineData("}}}", "", "cannot be read")]
    public void Other_vocabularies_are_refused(string was, string now, string message)
    {
        Write(Table("F32"), Tokenizer.Replace(was, now, StringComparison.Ordinal));
        Assert.Contains(message, Assert.Throws<ModelException>(() => Model2VecEmbedder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_without_a_model_is_refused() =>
        Assert.Equal(ModelFault.BadFile, Assert.Throws<ModelException>(() => Model2VecEmbedder.Load(folder)).Fault);

    private static WordPieces Pieces() => WordPieces.Read(new MemoryStream(Encoding.UTF8.GetBytes(Tokenizer)), 6);

    private void Write(byte[] table, string tokenizer)
    {
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), table);
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), tokenizer);
    }

    // Six rows of two numbers: "rent" is (3, 0), "##al" is (0, 4).
    private static byte[] Table(string type)
    {
        float[] numbers = [9, 9, 3, 0, 0, 4, 1, 1, 1, 1, 1, 1];
        var data = type == "F32" ? MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray() : MemoryMarshal.AsBytes(Array.ConvertAll(numbers, x => (Half)x).AsSpan()).ToArray();
        var head = Encoding.UTF8.GetBytes($$"""{"embeddings":{"dtype":"{{type}}","shape":[6,2],"data_offsets":[0,{{data.Length}}]} }""");
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)head.Length);
        return [.. length, .. head, .. data];
    }
}
