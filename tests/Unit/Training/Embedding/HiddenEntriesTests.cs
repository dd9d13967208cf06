using Tessera.Training.Embedding;

namespace Tessera.Unit.Training.Embedding;

public sealed class HiddenEntriesTests
{
    [Theory]
    [InlineData(.4f)]
    [InlineData(.9f)]
    public void Share_of_the_entries_is_hidden_others_in_each_step_and_always_the_same(float share)
    {
        var (first, second) = (Hidden(share, 1), Hidden(share, 2));
        Assert.InRange(first.Count / 10_000f, share - .03f, share + .03f);
        Assert.NotEqual(first, second);
        Assert.InRange(first.Intersect(second).Count() / 10_000f, (share * share) - .03f, (share * share) + .03f);
        Assert.Equal(first, Hidden(share, 1));
    }

    [Fact]
    public void Nothing_is_hidden_by_default_or_by_none()
    {
        Assert.Empty(Hidden(0, 1));
        Assert.False(default(HiddenEntries).Has(3));
    }

    private static List<int> Hidden(float share, int step)
    {
        var hidden = new HiddenEntries(share, 7, step);
        return [.. Enumerable.Range(0, 10_000).Where(hidden.Has)];
    }
}
