using CsCheck;
using Tessera.Training.Data;
using Tessera.Training.Embedding;

namespace Tessera.Unit.Training.Embedding;

public sealed class TrainingTextsTests
{
    [Theory]
    [InlineData("In the Lease between A and B: When does it end?", "", true, "When does it end?")]
    [InlineData("What is this? Say: now", "", true, "What is this? Say: now")]
    [InlineData("Plain", "", true, "Plain")]
    [InlineData("What is the outlook for Rickets ?", "Rickets", false, "What is the outlook for ?")]
    [InlineData("Rickets", "Rickets", false, "Rickets")]
    public void Question_is_asked_without_what_names_its_document(string question, string title, bool evidence, string asked)
    {
        var line = new TrainingLine { Kind = "qa", Title = title, Question = question, Answer = "In May.", Evidence = evidence ? ["In May."] : [] };
        var texts = TrainingTexts.Gather([line], [], 1);
        Assert.Contains(texts.Pairs, x => (texts.Texts[x.Left], texts.Texts[x.Right]) == (asked, "In May."));
    }

    [Fact]
    public void Long_texts_are_cut_and_lose_nothing_but_blanks() =>
        Gen.OneOf(new[] { "word ", "Ends here. ", "\n", "averyveryverylongword", "; " }.Select(Gen.Const).ToArray()).Array[1, 200].Select(string.Concat).Sample(
            text =>
            {
                var parts = PassageCutter.Cut(text, 100).ToList();
                Assert.All(parts, x => Assert.InRange(x.Length, 1, 100));
                Assert.Equal(Letters(text), Letters(string.Concat(parts)));
            },
            iter: 200);

    [Fact]
    public void Sentence_and_the_others_are_the_passage()
    {
        var passage = string.Join(' ', Enumerable.Range(0, 8).Select(x => $"This is the sentence with the number {x}."));
        var (sentence, others) = SentencePairs.Draw(passage, new SplitMix(3))!.Value;
        Assert.Equal(Letters(passage).Length, Letters(sentence).Length + Letters(others).Length);
        Assert.DoesNotContain(sentence, others, StringComparison.Ordinal);
        Assert.Null(SentencePairs.Draw("Too short for both.", new SplitMix(3)));
    }

    private static string Letters(string text) => string.Concat(text.Where(x => !char.IsWhiteSpace(x)));
}
