using CsCheck;
using Tessera.Rag.Evaluation;

namespace Tessera.Unit.Rag.Evaluation;

public sealed class MeasureComparisonTests
{
    [Fact]
    public void Questions_that_are_better_worse_and_equal_are_counted()
    {
        var found = MeasureComparison.Of("m", [.5, .5, .5, 1], [1, 0, .5, 1]);
        Assert.Equal((1, 1, 2, 0.0), (found.Better, found.Worse, found.Equal, found.Difference));
        Assert.Equal(1, found.P, 1e-3);
    }

    [Fact]
    public void Chance_is_that_of_all_worlds_where_they_can_be_counted()
    {
        // Ten equal steps up: all ten up or all ten down, 2 of 1024 worlds.
        var found = MeasureComparison.Of("m", new double[10], [.. Enumerable.Repeat(.3, 10)]);
        Assert.Equal(2.0 / 1024, found.P, 1.5e-3);
        // One of ten: 8 up and 2 down or further away, twice (1 + 10 + 45) of 1024.
        found = MeasureComparison.Of("m", [0, 0, 0, 0, 0, 0, 0, 0, .3, .3], [.3, .3, .3, .3, .3, .3, .3, .3, 0, 0]);
        Assert.Equal(112.0 / 1024, found.P, .01);
    }

    [Fact]
    public void Turning_sides_turns_the_sign_alone() => Gen.Select(Gen.Double[0, 1].Array[1, 90], Gen.Double[0, 1].Array[90]).Sample((left, right) =>
    {
        var (one, other) = (MeasureComparison.Of("m", left, right[..left.Length]), MeasureComparison.Of("m", right[..left.Length], left));
        Assert.Equal((one.Better, one.Worse, one.Equal, one.P), (other.Worse, other.Better, other.Equal, other.P));
        Assert.Equal(one.Difference, -other.Difference, 1e-12);
        Assert.Equal(one, MeasureComparison.Of("m", left, right[..left.Length]));
        Assert.InRange(one.P, 1e-5, 1);
    });
}
