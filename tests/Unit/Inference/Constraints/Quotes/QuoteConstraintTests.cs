using System.Text;
using CsCheck;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Sdk;

namespace Tessera.Unit.Inference.Constraints.Quotes;

public sealed class QuoteConstraintTests
{
    private static readonly string[] Bits =
    [
        "the", "fee", "is", "1,250.50", "EUR", "$30", "12/05/2020", "naïve", "don't", "e\u0301clair", "契約は三十日", "حقوق", "👩‍⚕️", "–", "(a)", "50%", "|", "\u00a0",
        "exam-\nple", "co\u00adoperate", "\r\n", "\t", "  ", "a-b", "</q>", "<q>", "<", "x\u200by", ".", "Article 5.2", "Ⅷ", "-5", "§",
    ];

    private static readonly Gen<string> Source = Gen.Int[0, Bits.Length - 1].Select(i => Bits[i]).List[1, 40].Select(bits => string.Join(' ', bits));

    [Fact]
    public void Quote_is_what_stands_in_its_source() => Gen.Select(Source.List[1, 4], Gen.Int[0, int.MaxValue], Gen.Int[1, 5], Gen.Int[10, 120]).Sample(
        (texts, seed, words, longest) =>
        {
            var options = new QuoteLock(texts) { MinimumWords = words, LongestQuote = longest };
            var sources = new QuoteSources(texts, words);
            var vocabulary = Vocabulary(texts, seed);
            var constraint = new QuoteConstraint(new TokenTrie(vocabulary), sources, options);
            var reader = new QuoteReader(sources, options);
            var random = new Random(seed);
            var quotes = new List<ReplyEvent.Quote>();
            foreach (var token in Open(vocabulary, constraint, sources))
            {
                Take(token);
            }

            if (sources.Starts.Count == 0)
            {
                return;
            }

            for (var i = 0; quotes.Count < 1; i++)
            {
                Assert.True(i < 5000, "the quote does not end");
                Assert.True(constraint.TryGetAllowed(out var allowed));
                Assert.False(allowed.IsEmpty, "nothing may follow");
                Take(allowed[random.Next(allowed.Length)]);
            }

            foreach (var quote in quotes)
            {
                Assert.Equal(texts[quote.Source][quote.Start..quote.End], quote.Value);
                var shape = new WordShape(texts[quote.Source]);
                Assert.False(char.IsWhiteSpace(quote.Value[0]) || char.IsWhiteSpace(quote.Value[^1]), "blanks around it");
                Assert.True(quote.Value.EnumerateRunes().All(rune => rune.Value != 0xFFFD), "half a character");
                Assert.True(quote.Value.Length <= longest + 40, $"too long: {quote.Value.Length} of {longest}");
            }

            void Take(int token)
            {
                Assert.True(constraint.Allows(token));
                constraint.Accept(token);
                quotes.AddRange(reader.Add(vocabulary[token].ToArray()).OfType<ReplyEvent.Quote>());
            }
        },
        iter: 300);

    [Fact]
    public void Few_allowed_tokens_and_the_question_of_each_agree() => Gen.Select(Source.List[1, 3], Gen.Int[0, int.MaxValue]).Sample(
        (texts, seed) =>
        {
            var options = new QuoteLock(texts);
            var sources = new QuoteSources(texts, options.MinimumWords);
            var vocabulary = Vocabulary(texts, seed);
            var constraint = new QuoteConstraint(new TokenTrie(vocabulary), sources, options);
            var random = new Random(seed);
            foreach (var token in Open(vocabulary, constraint, sources))
            {
                constraint.Accept(token);
            }

            for (var i = 0; i < 6 && constraint.TryGetAllowed(out var allowed); i++)
            {
                int[] few = [.. allowed];
                Assert.Equal(few.Order(), Enumerable.Range(0, vocabulary.Count).Where(constraint.Allows));
                constraint.Accept(few[random.Next(few.Length)]);
            }
        },
        iter: 100);

    [Fact]
    public void Text_outside_is_free_and_marks_are_not_shown()
    {
        string[] texts = ["The rent is 1,250 euros per month."];
        Assert.Equal("The rent is «rent is 1,250 euros» a month < q>.", Read(texts, "The rent is <q>rent is 1,250 euros</q> a month < q>."));
        Assert.Equal("Rent: «The rent is 1,250»", Read(texts, "Rent: <q> The rent is 1,250 </q>"));
    }

    [Theory]
    [InlineData("<q>The rent is 9")]
    [InlineData("<q>The rent</q>")]
    [InlineData("<q>he rent is")]
    [InlineData("<q>The rent is 1</q>")]
    [InlineData("<q>The rent is 1,2</q>")]
    [InlineData("<q>The rent is 1,250 eur</q>")]
    [InlineData("<q>  The")]
    public void Offender_is_refused(string reply)
    {
        string[] texts = ["The rent is 1,250 euros per month."];
        var tracker = new QuoteTracker(new QuoteSources(texts, 3), new QuoteLock(texts));
        Assert.False(Encoding.UTF8.GetBytes(reply).All(tracker.TryAdd));
    }

    [Theory]
    [InlineData("for exam-\nple a lease", "for example a lease")]
    [InlineData("for exam-\nple a lease", "for exam-ple a lease")]
    [InlineData("they co\u00adoperate with us", "they cooperate with us")]
    [InlineData("one\r\n  two\tthree", "one two three")]
    [InlineData("one\r\n  two\tthree", "one\r\n  two\tthree")]
    public void Lines_and_blanks_may_be_written_as_people_read_them(string text, string written) =>
        Assert.Equal($"«{text}»", Read([text], $"<q>{written}</q>"));

    [Fact]
    public void Same_words_twice_are_quoted_where_they_stand_as_written() =>
        Assert.Equal("«one two three»", Read(["one\ntwo three. one two three."], "<q>one two three</q>"));

    [Fact]
    public void Quote_that_a_limit_cut_ends_with_its_last_word()
    {
        string[] texts = ["The rent is 1,250 euros per month."];
        Assert.Equal("«The rent is 1,250»", Read(texts, "<q>The rent is 1,250 eur"));
        Assert.Equal("So ", Read(texts, "So <q>Th"));
        Assert.Equal("So <q", Read(texts, "So <q"));
    }

    [Fact]
    public void Nothing_to_quote_forbids_the_mark()
    {
        var tracker = new QuoteTracker(new QuoteSources([" \n"], 3), new QuoteLock([" \n"]));
        Assert.True(Encoding.UTF8.GetBytes("<q").All(tracker.TryAdd));
        Assert.False(tracker.TryAdd((byte)'>'));
    }

    [Fact]
    public void Reply_does_not_end_inside_a_quote()
    {
        string[] texts = ["The rent is 1,250 euros per month."];
        var vocabulary = Vocabulary(texts, 1);
        var constraint = new QuoteConstraint(new TokenTrie(vocabulary), new QuoteSources(texts, 3), new QuoteLock(texts));
        var end = Enumerable.Range(0, vocabulary.Count).First(vocabulary.IsEnd);
        Assert.True(constraint.Allows(end));
        foreach (var value in "<q>"u8.ToArray())
        {
            constraint.Accept(value);
        }

        Assert.False(constraint.Allows(end));
    }

    private static string Read(string[] texts, string reply)
    {
        var options = new QuoteLock(texts);
        var reader = new QuoteReader(new QuoteSources(texts, options.MinimumWords), options);
        var events = Encoding.UTF8.GetBytes(reply).SelectMany(value => reader.Add([value])).ToList();
        return string.Concat(events.Concat(reader.Finish()).Select(piece => piece switch
        {
            ReplyEvent.Quote quote => $"«{quote.Value}»",
            ReplyEvent.Plain plain => plain.Value,
            _ => throw new InvalidOperationException(),
        }));
    }

    // Every byte has a token, and there are stretches of the sources, of marks and of anything.
    private static TokenBytes Vocabulary(IReadOnlyList<string> texts, int seed)
    {
        var random = new Random(seed);
        var pieces = Enumerable.Range(0, 256).Select(value => new[] { (byte)value }).ToList();
        var all = Encoding.UTF8.GetBytes(string.Join(' ', texts) + " </q> <q>The </q>. the fee is example");
        for (var i = 0; i < 300; i++)
        {
            var start = random.Next(all.Length);
            pieces.Add(all[start..Math.Min(all.Length, start + random.Next(1, 12))]);
        }

        pieces.Add([]);
        return TokenBytes.Read(pieces.Count, token => pieces[token], token => token == pieces.Count - 1);
    }

    private static int[] Open(TokenBytes vocabulary, QuoteConstraint constraint, QuoteSources sources)
    {
        Assert.True(constraint.Allows('<'));
        return sources.Starts.Count == 0 ? ['<', 'q'] : ['<', 'q', '>'];
    }
}
