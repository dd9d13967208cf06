using System.Globalization;
using System.Text.Json;
using CsCheck;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Unit.Inference.Constraints.Schemas;

public sealed class NumberGrammarTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "0 -1 9999999999999999 12", "01 1.0 -- 12345678901234567")]
    [InlineData("""{"type":"number"}""", "0 -1.5 1e9 2.25E-3 0.1", ".5 1. 1e 00")]
    [InlineData("""{"type":"integer","minimum":0}""", "0 7 1000000", "-1 1.5")]
    [InlineData("""{"type":"integer","minimum":13,"maximum":42}""", "13 20 42", "12 43 130 1")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":3}""", "1 2", "0 3")]
    [InlineData("""{"type":"integer","minimum":0,"exclusiveMinimum":true}""", "1", "0")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":5}""", "-5 -1 0 5", "-6 6 -0")]
    [InlineData("""{"type":"integer","maximum":-10}""", "-10 -11 -9999", "-9 0 10")]
    [InlineData("""{"type":"integer","minimum":0.5,"maximum":2.5}""", "1 2", "0 3")]
    [InlineData("""{"type":"integer","minimum":-9223372036854775808,"maximum":1e308}""", "-5 0 77", "a")]
    [InlineData("""{"type":"number","minimum":0,"maximum":1}""", "0 1 0.5 0.25 1.0 0.0001", "1.1 -0.5 2 1.0001 0.")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5 0.01 0.9999", "0 1 0.0 1.0")]
    [InlineData("""{"type":"number","minimum":-1.5,"maximum":2.75}""", "-1.5 -1 0 2.75 2.7", "-1.6 2.76 3 -2")]
    [InlineData("""{"type":"number","minimum":100}""", "100 100.5 12345.25", "99.9 -100 1")]
    [InlineData("""{"type":"number","multipleOf":0.01}""", "0 -3 1.5 1.25", "1.255 1e2")]
    [InlineData("""{"type":"number","multipleOf":1}""", "0 -3 15", "1.5")]
    [InlineData("""{"type":"number","multipleOf":0.5e-1,"const":1}""", "", "", false)]
    public void Numbers_keep_their_bounds(string schema, string valid, string invalid, bool understood = true)
    {
        if (!understood)
        {
            Assert.Throws<Tessera.Inference.ModelException>(() => Grammar(schema));
            return;
        }

        var grammar = Grammar(schema);
        Assert.All(valid.Split(' '), text => Assert.True(grammar.Takes(text), text));
        Assert.All(invalid.Split(' '), text => Assert.False(grammar.Takes(text), text));
    }

    [Fact]
    public void Integers_between_any_bounds_are_taken_and_no_others()
    {
        var bound = Gen.OneOf(Gen.Long[-150, 150], Gen.Long[-1_000_000, 1_000_000], Gen.Long[-9_999_999_999_999_999, 9_999_999_999_999_999]);
        Gen.Select(bound, bound, Gen.Long[-200, 200], bound).Sample((one, other, near, any) =>
        {
            var (low, high) = (Math.Min(one, other), Math.Max(one, other));
            var grammar = Grammar($$"""{"type":"integer","minimum":{{low}},"maximum":{{high}}}""");
            foreach (var value in (long[])[low, high, low - 1, high + 1, low + 1, high - 1, near, any, 0])
            {
                var written = value.ToString(CultureInfo.InvariantCulture).TrimStart('-').Length <= 16;
                Assert.True(grammar.Takes(value.ToString(CultureInfo.InvariantCulture)) == (low <= value && value <= high && written), $"{low} ≤ {value} ≤ {high}");
            }
        }, iter: 2_000);
    }

    [Fact]
    public void Decimals_between_any_bounds_are_taken_and_no_others()
    {
        var bound = Gen.Select(Gen.Long[-200_000, 200_000], Gen.Int[0, 3], (digits, scale) => (decimal)digits / (decimal)Math.Pow(10, scale));
        Gen.Select(bound, bound, bound, bound, Gen.Bool).Sample((one, other, some, more, open) =>
        {
            var (low, high) = (Math.Min(one, other), Math.Max(one, other) + 1);
            var grammar = Grammar(open
                ? $$"""{"type":"number","exclusiveMinimum":{{Text(low)}},"exclusiveMaximum":{{Text(high)}}}"""
                : $$"""{"type":"number","minimum":{{Text(low)}},"maximum":{{Text(high)}}}""");
            foreach (var value in (decimal[])[low, high, low - 0.001m, high + 0.001m, low + 0.001m, high - 0.001m, some, more, 0])
            {
                var inside = open ? low < value && value < high : low <= value && value <= high;
                Assert.True(grammar.Takes(Text(value)) == inside, $"{low} ≤ {value} ≤ {high}, {open}");
            }
        }, iter: 1_000);
    }

    private static string Text(decimal value) => value == 0 ? "0" : value.ToString(CultureInfo.InvariantCulture);

    private static Gbnf Grammar(string schema)
    {
        var grammar = Gbnf.Parse(JsonGrammar.FromSchema(JsonElement.Parse(schema)));
        Assert.Empty(grammar.Faults());
        return grammar;
    }
}
