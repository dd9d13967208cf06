using CsCheck;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class PostingTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(127u, 1)]
    [InlineData(128u, 2)]
    [InlineData(16_383u, 2)]
    [InlineData(16_384u, 3)]
    [InlineData(uint.MaxValue, Varint.Longest)]
    public void Integer_takes_as_few_bytes_as_it_can(uint value, int bytes)
    {
        Assert.Equal(bytes, Varint.LengthOf(value));
        Assert.Equal(bytes, Varint.Write(new byte[Varint.Longest], value));
    }

    [Fact]
    public void Integers_come_back_as_they_were() => Gen.OneOf(Gen.UInt, Gen.UInt[0, 300]).Array[0, 50].Sample(values =>
    {
        var bytes = new byte[values.Length * Varint.Longest];
        var end = 0;
        foreach (var value in values)
        {
            end += Varint.Write(bytes.AsSpan(end), value);
        }

        var index = 0;
        Assert.Equal(values, values.Select(_ => Varint.Read(bytes, ref index)).ToArray());
        Assert.Equal(end, index);
    });

    [Fact]
    public void Places_of_a_list_come_back_as_they_were() =>
        Gen.Select(Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 5_000_000]), Gen.OneOf(Gen.Const(1), Gen.Int[2, 100_000])).Array[1, 100].Sample(gaps =>
        {
            var list = default(PostingList);
            var position = -1;
            var places = gaps.Select(x => (Position: position += x.Item1, Times: x.Item2)).ToList();
            foreach (var (at, times) in places)
            {
                list.Add(at, times);
            }

            Assert.Equal(places.Count, list.Count);
            Assert.InRange(list.Bytes.Length, places.Count, list.Capacity);
            Assert.Equal(places, Decode(list.Bytes));
        });

    [Fact]
    public void Terms_of_a_revision_come_back_as_they_were() => Gen.Int[0, 30].Select(x => $"w{x}").Array[0, 40].Array[0, 20].Sample(words =>
    {
        var chunks = words.Select((x, i) => new Chunk(default, i, string.Join(' ', x), "", null, 0, 0));
        var reader = new RevisionFields(RevisionFields.Write("a name", chunks, Analyzer, CancellationToken.None)).Words;
        Assert.Equal(words.Select(x => x.Length + 1), reader.Lengths);
        var expected = words.SelectMany((x, chunk) => x.Append("name").GroupBy(word => word).Select(word => (Term.KeyOf(word.Key), chunk, word.Count())));
        var read = new List<(ulong, int, int)>();
        while (reader.NextTerm(out var key, out var count))
        {
            var before = read.Count;
            while (reader.NextPlace(out var chunk, out var times))
            {
                read.Add((key, chunk, times));
            }

            Assert.Equal(count, read.Count - before);
        }

        Assert.Equal(expected.Order(), read.Order());
    });

    [Fact]
    public void Analysis_of_a_revision_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        RevisionFields.Write("", [new Chunk(default, 0, "x", "", null, 0, 1)], Analyzer, new CancellationToken(canceled: true)));

    private static List<(int, int)> Decode(ReadOnlySpan<byte> bytes)
    {
        var places = new List<(int, int)>();
        var position = -1;
        for (var index = 0; index < bytes.Length;)
        {
            var head = Varint.Read(bytes, ref index);
            position += (int)(head >> 1);
            places.Add((position, (head & 1) != 0 ? 1 : (int)Varint.Read(bytes, ref index)));
        }

        return places;
    }
}
