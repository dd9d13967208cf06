namespace Tessera.Inference.Constraints.Schemas;

/// <summary>Between which numbers a number lies. What is written has at most 16 digits before the point, so all bounds are finite.</summary>
internal sealed record NumberBounds
{
    /// <summary>The largest whole number that is written: 16 nines.</summary>
    public const decimal Largest = 9_999_999_999_999_999;

    /// <summary>Decimals that a bounded number has at most, where its bounds have no more themselves.</summary>
    private const int UsualDecimals = 4;

    private const int MostDecimals = 9;

    public decimal Low { get; init; } = -Largest;

    public bool LowExcluded { get; init; }

    public decimal High { get; init; } = Largest;

    public bool HighExcluded { get; init; }

    /// <summary>Digits behind the point that <c>multipleOf</c> allows (a power of ten); null: any.</summary>
    public int? Scale { get; init; }

    public bool IsFree => this == new NumberBounds();

    /// <summary>Whether nothing is said but how many decimals there are.</summary>
    public bool IsOnlyScaled => this with { Scale = null } == new NumberBounds();

    public bool HasWhole => WholeLow(0) <= WholeHigh(0);

    public bool HasAny => WholeLow(Decimals) <= WholeHigh(Decimals);

    /// <summary>Digits behind the point that are written.</summary>
    public int Decimals => Scale ?? Math.Min(MostDecimals, Math.Max(UsualDecimals, Math.Max(Low.Scale, High.Scale) + 1));

    public NumberBounds And(NumberBounds other)
    {
        var low = Low > other.Low || (Low == other.Low && LowExcluded) ? this : other;
        var high = High < other.High || (High == other.High && HighExcluded) ? this : other;
        return new NumberBounds
        {
            Low = low.Low,
            LowExcluded = low.LowExcluded,
            High = high.High,
            HighExcluded = high.HighExcluded,
            Scale = Scale is null || other.Scale is null ? Scale ?? other.Scale : Math.Min(Scale.Value, other.Scale.Value),
        };
    }

    public bool Holds(decimal value) =>
        (value > Low || (value == Low && !LowExcluded)) && (value < High || (value == High && !HighExcluded))
        && (Scale is not { } scale || value == decimal.Round(value, scale));

    /// <summary>The least whole number n so that n / 10^decimals is allowed.</summary>
    public Int128 WholeLow(int decimals)
    {
        var (value, exact) = Scaled(Low, decimals);
        return exact ? value + (LowExcluded ? 1 : 0) : Low > 0 ? value + 1 : value;
    }

    /// <summary>The greatest whole number n so that n / 10^decimals is allowed.</summary>
    public Int128 WholeHigh(int decimals)
    {
        var (value, exact) = Scaled(High, decimals);
        return exact ? value - (HighExcluded ? 1 : 0) : High < 0 ? value - 1 : value;
    }

    /// <summary>The number times a power of ten, without what stands behind the point then; and whether nothing stood there.</summary>
    private static (Int128 Value, bool Exact) Scaled(decimal number, int decimals)
    {
        var whole = decimal.Truncate(number);
        var power = (decimal)Math.Pow(10, decimals);
        var rest = (number - whole) * power;
        return (((Int128)whole * (Int128)power) + (Int128)decimal.Truncate(rest), rest == decimal.Truncate(rest));
    }
}
