using System.Diagnostics;
using CsCheck;
using Tessera.Rag.Answers.Extractive;

namespace Tessera.Unit.Rag.Answers;

public sealed class SentenceSplitterTests
{
    private static readonly string[] Parts =
    [
        "The", "term", "Inc.", "e.g.", "5.2", "(a)", "- ", "•", "No. 7", "2.5 mg/kg", "U.S.", "why?", "end.", "\n", "\n\n", " ", "  ", "\t",
        "a | b", "…", "\"Yes.\"", "[12]", ".[3,4]", ";", ", ", ":", "😀", "Dr.", "#", ")", "....", "Storage\n", new string('x', 500),
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Parts.Length - 1].Select(part => Parts[part])
        .Array[0, 60].Select(parts => string.Join(" ", parts));

    [Theory]
    [InlineData("It rains. We stay.", "It rains.", "We stay.")]
    [InlineData("Dr. Smith of Foo Inc. signed it on Jan. 5. He left.", "Dr. Smith of Foo Inc. signed it on Jan. 5.", "He left.")]
    [InlineData("Smith et al. (2003) saw 3.5 mg. No harm came.", "Smith et al. (2003) saw 3.5 mg.", "No harm came.")]
    [InlineData("Give 0.5 mg/kg i.v. every 8 h. Stop at 38.5 °C.", "Give 0.5 mg/kg i.v. every 8 h.", "Stop at 38.5 °C.")]
    [InlineData("He said \"Go.\" Then he went.", "He said \"Go.\"", "Then he went.")]
    [InlineData("It was shown before.[12,13] The next study failed.", "It was shown before.[12,13]", "The next study failed.")]
    [InlineData("See No. 7 of the list. Is it so? Yes!", "See No. 7 of the list.", "Is it so?", "Yes!")]
    public void Sentences_end_where_readers_end_them(string text, params string[] expected) => Assert.Equal(expected, Split(text));

    [Theory]
    [InlineData("5.2 Term. This Agreement begins today. It ends never.", "5.2 Term. This Agreement begins today.", "It ends never.")]
    [InlineData("5. Term\n\n5.1 The term is one year.", "5. Term", "5.1 The term is one year.")]
    [InlineData("The parties agree:\n(a) to pay; and\n(b) to deliver.", "The parties agree:", "(a) to pay; and", "(b) to deliver.")]
    [InlineData("Bring:\n- a pen\n- two needles", "Bring:", "- a pen", "- two needles")]
    [InlineData("Drug | Dose\nInsulin | 4 units", "Drug | Dose", "Insulin | 4 units")]
    [InlineData("Storage\nKeep it cool. Do not freeze it.", "Storage", "Keep it cool.", "Do not freeze it.")]
    public void Numbers_items_rows_and_headings_stand_as_written(string text, params string[] expected) =>
        Assert.Equal(expected, Split(text));

    [Fact]
    public void Lines_that_a_page_broke_are_one_sentence() => Assert.Single(Split(
        "The supplier shall return or delete all of the data of the customer\nwithin fourteen days and confirm in writing that it has done\nso."));

    [Fact]
    public void Long_sentence_is_cut_behind_a_clause()
    {
        var clause = "the supplier shall deliver the goods described in the schedule to the place that the customer names; ";
        var parts = Split(string.Concat(Enumerable.Repeat(clause, 12)));
        Assert.True(parts.Count > 1);
        Assert.All(parts, part => Assert.InRange(part.Length, 1, SentenceSplitter.Longest));
        Assert.All(parts, part => Assert.EndsWith(";", part, StringComparison.Ordinal));
    }

    [Fact]
    public void Sentences_hold_the_whole_text_in_its_order() => Text.Sample(text =>
    {
        var reached = 0;
        foreach (var span in SentenceSplitter.Split(text))
        {
            Assert.True(string.IsNullOrWhiteSpace(text[reached..span.Start]), $"'{text[reached..span.Start]}' is lost.");
            Assert.InRange(span.Length, 1, SentenceSplitter.Longest);
            Assert.False(char.IsWhiteSpace(text[span.Start]) || char.IsWhiteSpace(text[span.End - 1]));
            Assert.False(char.IsLowSurrogate(text[span.Start]), "A character is cut in two.");
            reached = span.End;
        }

        Assert.True(string.IsNullOrWhiteSpace(text[reached..]));
    });

    [Fact]
    public void Code_blocks_hold_the_whole_text_in_its_order() => Text.Sample(text =>
    {
        var reached = 0;
        foreach (var span in CodeBlocks.Split(text))
        {
            Assert.True(string.IsNullOrWhiteSpace(text[reached..span.Start]));
            Assert.InRange(span.Length, 1, CodeBlocks.Longest);
            Assert.False(char.IsLowSurrogate(text[span.Start]), "A character is cut in two.");
            reached = span.End;
        }

        Assert.True(string.IsNullOrWhiteSpace(text[reached..]));
    });

    [Theory]
    [InlineData(".")]
    [InlineData(". ")]
    [InlineData("A. ")]
    [InlineData("\n")]
    [InlineData("\n ")]
    [InlineData(" ")]
    [InlineData(")")]
    [InlineData("[1")]
    [InlineData("- \n")]
    [InlineData("x")]
    [InlineData("(a) ")]
    [InlineData(" | ")]
    [InlineData("a | b\n")]
    [InlineData("5.2 A. ")]
    [InlineData("a, ")]
    public void Time_is_linear_in_the_text(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        var started = Stopwatch.GetTimestamp();
        _ = SentenceSplitter.Split(text).Count(span => Headings.IsHeading(text, span));
        _ = CodeBlocks.Split(text).Count();
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
    }

    private static List<string> Split(string text) => [.. SentenceSplitter.Split(text).Select(span => text[span.Start..span.End])];
}
