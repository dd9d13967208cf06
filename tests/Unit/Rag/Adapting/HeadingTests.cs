using CsCheck;
using Tessera.Rag.Adapting;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Adapting;

public sealed class HeadingTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);

    // Documents of sections: some headings of their own, some that all share, some without.
    private static readonly Gen<(string Name, IReadOnlyList<Chunk> Chunks)[]> Documents =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 900]).Array[0, 60].Array[0, 20].Select(all => all.Index().Select(x => Document(x.Index, x.Item)).ToArray());

    [Theory]
    [InlineData("5.2 Term.", "Term")]
    [InlineData("(a) Notice periods:", "(a) Notice periods")]
    [InlineData("12.", "")]
    [InlineData("  Renewal   of leases ", "Renewal of leases")]
    public void Heading_loses_its_numbers_and_stops(string heading, string clean) => Assert.Equal(clean, Heading.Clean(heading));

    [Theory]
    [InlineData("lease_of-the_mill.pdf", "lease of the mill")]
    [InlineData("scan0001.pdf", "")]
    [InlineData("2024-11-03 4711.txt", "")]
    public void Name_of_words_is_a_title(string name, string title) => Assert.Equal(title, Heading.OfName(name));

    [Theory]
    [InlineData("Term\n\nIt lasts a year.", "Term", "\nIt lasts a year.")]
    [InlineData("5.2 TERM. It lasts a year.", "Term", "It lasts a year.")]
    [InlineData("The term lasts.\nTerminal care.", "Term", "The term lasts.\nTerminal care.")]
    [InlineData("Term", "Term", "")]
    public void Text_loses_the_heading_at_the_start_of_lines_only(string text, string heading, string rest) => Assert.Equal(rest, Heading.Without(text, heading));

    [Fact]
    public void Heading_that_many_places_share_asks_for_none_and_the_same_asked_twice_asks_for_both()
    {
        var pairs = new HeadingPairs(TextAnalysis.Prose);
        for (var i = 0; i < 5; i++)
        {
            var id = new DocumentId(new Guid(i + 1, 0, 0, new byte[8]));
            pairs.Add($"{i}.txt", [
                Chunk(id, 0, "Introduction", "one"), Chunk(id, 1, $"Guide › 1.{i} {(i < 2 ? "Notice periods" : $"Matter {(char)('a' + i)}lpha")}", "two"), Chunk(id, 2, "7.", "three"),
            ]);
        }

        var found = pairs.ToList();
        Assert.Equal(4, found.Count);
        Assert.Equal(2, found.Single(pair => pair.Question == "Notice periods").Passages.Count);
        Assert.DoesNotContain(found, pair => pair.Question.Contains("Introduction", StringComparison.Ordinal));
    }

    [Fact]
    public void Split_is_the_same_for_every_order_and_nothing_is_on_both_sides() => Documents.Sample(documents =>
    {
        var pairs = Pairs(documents);
        Assert.Equal(pairs.Select(x => x.Key), Pairs([.. documents.Reverse()]).Select(x => x.Key));
        if (HeadingSplit.Of(pairs) is not { } split)
        {
            Assert.True(pairs.Count < HeadingSplit.Needed);
            return;
        }

        Assert.True(split.HeldOut.Count >= HeadingSplit.Fewest);
        Assert.Empty(split.HeldOut.Select(x => x.Key).Intersect(split.Learned.Select(x => x.Key)));
        Assert.Empty(Places(split.HeldOut).Intersect(Places(split.Learned)));
        Assert.Equal(split.HeldOut.Select(x => x.Key), HeadingSplit.Of([.. pairs.Reverse()])!.HeldOut.Select(x => x.Key));

        // Neither what was held out nor any heading is in what is learned from.
        List<IReadOnlyList<Chunk>> chunks = [.. documents.Select(x => x.Chunks).Where(x => x.Count > 0)];
        var held = split.HeldOut[0].Passages[0];
        var texts = AdaptationTexts.Of(split, [("rated", held)], chunks, TextAnalysis.Prose);
        Assert.DoesNotContain(texts.Pairs, pair => pair.Question == "rated");
        var secret = split.HeldOut.SelectMany(x => x.Passages).Select(x => x.Text.Split(' ')[^1]).ToHashSet();
        Assert.DoesNotContain(texts.Passages.Concat(texts.Pairs.Select(x => x.Answer)), text => secret.Contains(text.Split(' ')[^1]));
        var asked = pairs.Select(pair => pair.Question).ToHashSet();
        Assert.DoesNotContain(texts.Passages, text => asked.Contains(text.Split('\n')[0]));
    }, iter: 100);

    [Fact]
    public void Few_headings_are_not_split() => Assert.Null(HeadingSplit.Of([.. Enumerable.Range(0, HeadingSplit.Needed - 1).Select(i => new HeadingPair($"{i}", "", []))]));

    private static IReadOnlyList<HeadingPair> Pairs(IEnumerable<(string Name, IReadOnlyList<Chunk> Chunks)> documents)
    {
        var pairs = new HeadingPairs(TextAnalysis.Prose);
        foreach (var (name, chunks) in documents)
        {
            pairs.Add(name, chunks);
        }

        return pairs.ToList();
    }

    private static IEnumerable<(DocumentId, int)> Places(IEnumerable<HeadingPair> pairs) => pairs.SelectMany(x => x.Passages).Select(x => (x.Document, x.Ordinal));

    private static (string, IReadOnlyList<Chunk>) Document(int number, (int Kind, int Heading)[] sections)
    {
        var id = new DocumentId(new Guid(number + 1, 0, 0, new byte[8]));
        return ($"{number}.txt", [.. sections.Index().Select(x => Section(id, x.Index, x.Item.Kind, x.Item.Heading))]);
    }

    private static Chunk Section(DocumentId id, int ordinal, int kind, int heading)
    {
        var name = kind switch { 0 => "", 1 => "Introduction", _ => $"Matter {Word(heading)} {Word(heading * 7)}" };
        return Chunk(id, ordinal, name, $"{(name.Length > 0 ? name + "\n\n" : "")}Text number n{id.Value:N}x{ordinal}");
    }

    private static string Word(int number) => new([.. $"{number:0000}".Select(digit => (char)('b' + digit - '0'))]);

    private static Chunk Chunk(DocumentId id, int ordinal, string path, string text) => new(id, ordinal, text, path, null, 0, text.Length);
}
