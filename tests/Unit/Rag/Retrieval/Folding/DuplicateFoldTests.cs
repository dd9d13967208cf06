using CsCheck;
using Tessera.Rag.Retrieval.Folding;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Sdk;
using Tessera.Unit.Rag.Answers;

namespace Tessera.Unit.Rag.Retrieval.Folding;

public sealed class DuplicateFoldTests
{
    private const string Clause =
        "Each party shall keep the other's confidential information secret for five years after the end of this agreement, shall use it for nothing but the purpose of "
        + "this agreement, and shall give it to no one but those of its staff who must know it and who have promised in writing to keep it secret as this clause asks.";

    private static readonly DocumentId One = new(Guid.NewGuid());

    [Fact]
    public void Copies_are_folded_under_the_best_with_their_places()
    {
        var folded = Fold(FoldedPassages.Same, 2, Clause, "Something else is said here of the price.", "4.1 " + Clause.ToUpperInvariant(), Clause);
        Assert.Equal(2, folded.Count);
        Assert.Equal([2, 3], folded[0].Duplicates.Select(x => x.Chunk.Ordinal));
        Assert.All(folded[0].Duplicates, x => Assert.True(x is { IsSame: true, Adds: [], Lacks: [] }));
        Assert.Empty(folded[1].Duplicates);
    }

    [Fact]
    public void What_stands_in_the_shown_one_is_folded_and_what_goes_beyond_it_is_not()
    {
        Assert.Single(Fold(FoldedPassages.Same, 5, $"Before. {Clause} Behind it stands more.", Clause));
        Assert.Equal(2, Fold(FoldedPassages.Same, 5, Clause, $"Before. {Clause} Behind it stands more, and more, and more again, of quite another matter.").Count);
    }

    [Theory]
    [InlineData("for five years", "for two years", "two", "five")]
    [InlineData("shall use it", "shall not use it", "not", "")]
    [InlineData("confidential information", "information", "", "confidential")]
    public void What_nearly_says_the_same_is_folded_only_with_what_differs(string here, string there, string adds, string lacks)
    {
        var other = Clause.Replace(here, there, StringComparison.Ordinal);
        Assert.Equal(2, Fold(FoldedPassages.Same, 5, Clause, other).Count);
        var near = Assert.Single(Assert.Single(Fold(FoldedPassages.Near, 5, Clause, other)).Duplicates);
        Assert.Equal((false, adds, lacks), (near.IsSame, string.Join(' ', near.Adds), string.Join(' ', near.Lacks)));
    }

    [Fact]
    public void Short_texts_say_the_same_only_under_the_same_headings()
    {
        Candidate[] none = [At("None.", "Side effects"), At("None.", "Interactions"), At("none", "Side effects")];
        Assert.Equal(2, new DuplicateFold(FoldedPassages.Near, TextAnalysis.Prose).Fold(none, 5).Count);
    }

    [Fact]
    public void Chunks_that_overlap_by_most_of_themselves_are_folded()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        Candidate[] windows = [Window(0, 300), Window(40, 310), Window(200, 400)];
        var folded = new DuplicateFold(FoldedPassages.Near, TextAnalysis.Code).Fold(windows, 5);
        Assert.Equal([0, 200], folded.Select(x => x.Chunk.Start));
        Assert.Equal(40, Assert.Single(folded[0].Duplicates).Chunk.Start);
        Assert.Equal(3, new DuplicateFold(FoldedPassages.Same, TextAnalysis.Code).Fold(windows, 5).Count);

        Candidate Window(int start, int end) => new(new Chunk(One, start, text[start..end], "", null, start, end), 1, default);
    }

    [Fact]
    public void Code_that_differs_in_a_mark_is_not_folded()
    {
        var code = string.Join('\n', Enumerable.Range(0, 20).Select(i => $"total += price[{i}] * count[{i}];"));
        Assert.Equal(2, new DuplicateFold(FoldedPassages.Near, TextAnalysis.Code).Fold([At(code), At(code.Replace("price[7] *", "price[7] +", StringComparison.Ordinal))], 5).Count);
    }

    [Fact]
    public void Nothing_is_lost_said_twice_or_moved() => Worlds.Sample((texts, most) =>
    {
        var ranked = texts.Select((text, i) => At(text) with { Score = texts.Length - i }).ToList();
        foreach (var kind in Enum.GetValues<FoldedPassages>())
        {
            var folded = new DuplicateFold(kind, TextAnalysis.Prose).Fold(ranked, most);
            Assert.InRange(folded.Count, 0, most);
            // The first is always shown, and those shown stand in their order.
            Assert.Equal(ranked.Take(1).Select(x => x.Chunk), folded.Take(1).Select(x => x.Chunk));
            Assert.Equal(folded.Select(x => x.Score).OrderDescending(), folded.Select(x => x.Score));
            // Each passage stands in one place; all of them do where there is room for all that differ.
            var places = folded.SelectMany(x => x.Duplicates.Select(y => y.Chunk).Prepend(x.Chunk)).ToList();
            Assert.Equal(places.Count, places.Distinct(ReferenceEqualityComparer.Instance).Count());
            Assert.True(folded.Count == most || places.Count == ranked.Count);
            // What is folded as the same stands in the shown one, and no two that are shown are the same.
            Assert.All(folded, x => Assert.All(x.Duplicates.Where(y => y.IsSame), y => Assert.True(Print(x.Chunk).Holds(Print(y.Chunk)))));
            Assert.True(kind == FoldedPassages.None || folded.Select(x => x.Chunk.Text.ToUpperInvariant()).Distinct().Count() == folded.Count);
        }
    });

    private static Gen<(string[] Texts, int Most)> Worlds { get; } = Gen.Select(
        Gen.Int[0, 5].Select(i => i == 0 ? "None." : $"{Clause} {i}").Array[0, 12], Gen.Int[1, 6]);

    private static TextPrint Print(Chunk chunk) => TextPrint.Of(chunk.Text, TextAnalysis.Prose);

    private static Candidate At(string text, string path = "") => new(FakeStore.Chunk(text, path), 1, default);

    private static IReadOnlyList<Candidate> Fold(FoldedPassages kind, int most, params string[] texts) => new DuplicateFold(kind, TextAnalysis.Prose).Fold(
        [.. texts.Select((text, i) => new Candidate(FakeStore.Chunk(text) with { Ordinal = i }, texts.Length - i, default))], most);
}
