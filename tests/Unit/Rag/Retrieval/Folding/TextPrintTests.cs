using CsCheck;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Sdk;

namespace Tessera.Unit.Rag.Retrieval.Folding;

public sealed class TextPrintTests
{
    private static readonly Gen<string[]> Words = Gen.Int[0, 8].Select(i => ((string[])["rent", "tenant", "shall", "not", "pay", "30", "days", "Größe", "of"])[i]).Array[0, 30];

    [Theory]
    [InlineData("The tenant pays.", "THE TENANT, PAYS")]
    [InlineData("5.2 The tenant pays", "7.1 The tenant\npays")]
    [InlineData("(a) The tenant pays\n(b) The landlord repairs", "1. The tenant pays\n2. The landlord repairs")]
    [InlineData("“Fee” means 3 euros", "\"Fee\" means 3 euros")]
    public void Case_marks_and_numbers_of_clauses_say_nothing(string one, string other)
    {
        Assert.True(Prose(one).Holds(Prose(other)));
        Assert.True(Prose(other).Holds(Prose(one)));
    }

    [Theory]
    [InlineData("The tenant pays within 30 days", "The tenant pays within 60 days")]
    [InlineData("The tenant shall pay", "The tenant shall not pay")]
    [InlineData("5.2 million are due", "7.1 million are due")]
    [InlineData("30 days after notice", "60 days after notice")]
    [InlineData("the laws of Delaware", "the laws of California")]
    public void Words_and_numbers_do(string one, string other)
    {
        Assert.False(Prose(one).Holds(Prose(other)));
        Assert.False(Prose(other).Holds(Prose(one)));
    }

    [Fact]
    public void Marks_of_code_are_words()
    {
        Assert.True(Code("if (a_b == 1)\n  return;").Holds(Code("if (a_b==1) return;")));
        Assert.False(Code("return a - b;").Holds(Code("return a + b;")));
        Assert.False(Code("return A;").Holds(Code("return b;")));
    }

    [Fact]
    public void Text_holds_what_stands_in_it_side_by_side() => Gen.Select(Words, Words, Words).Sample((before, inside, behind) =>
    {
        var (all, part) = (string.Join(' ', [.. before, .. inside, .. behind]), string.Join(' ', inside));
        Assert.True(Prose(all).Holds(Prose(part)));
        Assert.Equal(inside.Length, Prose(part).Count);
        Assert.Empty(Prose(part).Beyond(Prose(all)));
    });

    [Fact]
    public void Holding_both_ways_is_having_the_same_words_in_their_order() => Gen.Select(Words, Words).Sample((one, other) =>
    {
        var (a, b) = (Prose(string.Join("; ", one)), Prose(string.Join(' ', other).ToUpperInvariant()));
        Assert.Equal(one.Select(x => x.ToUpperInvariant()).SequenceEqual(other.Select(x => x.ToUpperInvariant())), a.Holds(b) && b.Holds(a));
    });

    [Fact]
    public void Likeness_is_symmetric_and_whole_for_the_same() => Gen.Select(Words, Words).Sample((one, other) =>
    {
        var (a, b) = (Prose(string.Join(' ', one)), Prose(string.Join(' ', other)));
        Assert.Equal(a.Likeness(b), b.Likeness(a));
        Assert.InRange(a.Likeness(b), 0, 1);
        Assert.Equal(one.Length >= 3 ? 1 : 0, a.Likeness(a));
    });

    [Fact]
    public void Texts_that_are_alike_are_nearly_never_taken_for_unlike_at_a_glance()
    {
        var (random, missed, alike, unlike) = (new Random(7), 0, 0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var words = Enumerable.Range(0, 120).Select(_ => $"w{random.Next(500)}").ToArray();
            var other = words.Select(x => random.Next(100) < 4 ? "changed" : x).ToArray();
            var (a, b) = (Prose(string.Join(' ', words)), Prose(string.Join(' ', other)));
            alike += a.Likeness(b) >= .8 ? 1 : 0;
            missed += a.Likeness(b) >= .8 && !a.MayBeLike(b) ? 1 : 0;
            unlike += a.MayBeLike(Prose(string.Join(' ', words.Reverse()))) ? 1 : 0;
        }

        Assert.True(alike > 1000 && missed <= alike / 500 && unlike < 10, $"{missed} of {alike} missed, {unlike} of 3,000 looked at in vain.");
    }

    [Fact]
    public void Words_beyond_make_up_the_difference() => Gen.Select(Words, Words).Sample((one, other) =>
    {
        var (a, b) = (Prose(string.Join(' ', one)), Prose(string.Join(' ', other)));
        Assert.Equal(one.Length - a.Beyond(b).Count, other.Length - b.Beyond(a).Count);
        Assert.Empty(a.Beyond(a));
    });

    [Fact]
    public void Any_text_has_a_print() => Gen.String.Sample(text =>
    {
        foreach (var analysis in Enum.GetValues<TextAnalysis>())
        {
            Assert.True(TextPrint.Of(text, analysis).Holds(TextPrint.Of(text, analysis)));
        }
    });

    private static TextPrint Prose(string text) => TextPrint.Of(text, TextAnalysis.Prose);

    private static TextPrint Code(string text) => TextPrint.Of(text, TextAnalysis.Code);
}
