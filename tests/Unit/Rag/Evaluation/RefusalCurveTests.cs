using Tessera.Rag.Evaluation;

namespace Tessera.Unit.Rag.Evaluation;

public sealed class RefusalCurveTests
{
    [Fact]
    public void Area_is_the_share_of_pairs_in_the_right_order()
    {
        Assert.Equal(1, RefusalCurve.Area([(.9, true), (.8, true), (.2, false)]));
        Assert.Equal(0, RefusalCurve.Area([(.1, true), (.2, false)]));
        Assert.Equal(.75, RefusalCurve.Area([(.9, true), (.3, true), (.5, false), (.1, false)]));
    }

    [Fact]
    public void Ties_count_half() => Assert.Equal(.5, RefusalCurve.Area([(.4, true), (.4, false)]));

    [Fact]
    public void Without_both_kinds_there_is_none()
    {
        Assert.Null(RefusalCurve.Area([(.4, true)]));
        Assert.Null(RefusalCurve.Area([(.4, false)]));
        Assert.Null(RefusalCurve.Area([]));
    }
}
