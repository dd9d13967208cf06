using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Tessera.Inference;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Unit.Inference.Constraints.Schemas;

public sealed class PatternTests
{
    [Theory]
    [InlineData("^abc$", "abc", "abc", "abcd")]
    [InlineData("abc", "abc", "xabcy", "ab")]
    [InlineData("^a|b$", "ax", "xb", "xa")]
    [InlineData("^$", "", "", "a")]
    [InlineData("^[A-Z]{2}-\\d{3,}$", "AB-123", "ZZ-99999", "AB-12")]
    [InlineData("^(foo|ba[rz])+$", "foobarbaz", "foo", "fo")]
    [InlineData("^[^\\s\"\\\\-]+$", "ab", "x😀é", "a b")]
    [InlineData("^\"q\\\\\\n\"$", "\"q\\\n\"", "\"q\\\n\"", "q")]
    [InlineData("^.\\.\\x41\\u00e9?$", "x.A", "\".Aé", "xxA")]
    [InlineData("^(?:a(b)?c){1,2}?$", "abcac", "ac", "acacac")]
    [InlineData("^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$", "a.b@c-d.ef", "x@y.z", "x@y")]
    [InlineData("^[\\]^\\-]$", "]", "^", "a")]
    [InlineData("^[\\t\\n]x$", "\tx", "\nx", " x")]
    public void Pattern_takes_what_it_matches(string pattern, string one, string other, string not)
    {
        var grammar = Grammar(pattern);
        Assert.True(Takes(grammar, one) && Takes(grammar, other), $"{pattern}: refused");
        Assert.False(Takes(grammar, not), $"{pattern}: taken");
    }

    [Theory]
    [InlineData("^(a$")]
    [InlineData("^a)$")]
    [InlineData("^[a$")]
    [InlineData("^*a$")]
    [InlineData("^a**$")]
    [InlineData("^(?=a)b$")]
    [InlineData("^(?<n>a)$")]
    [InlineData("^(a)\\1$")]
    [InlineData("^\\bword$")]
    [InlineData("^\\p{L}$")]
    [InlineData("^a{3,2}$")]
    [InlineData("^a{99999}$")]
    [InlineData("^a{x}$")]
    [InlineData("^(a*)*$")]
    [InlineData("^(a|)+$")]
    [InlineData("^(^a)$")]
    [InlineData("^a$b")]
    [InlineData("^[z-a]$")]
    [InlineData("^[]$")]
    [InlineData("^\\")]
    [InlineData("^\\uD83D$")]
    [InlineData("^((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))$")]
    public void Pattern_that_is_broken_or_not_regular_is_refused(string pattern) =>
        Assert.Equal(ModelFault.BadSchema, Assert.Throws<ModelException>(() => Grammar(pattern)).Fault);

    [Fact]
    public void Pattern_agrees_with_the_regex_engine()
    {
        var atom = OneOf("a", "b", "[ab]", "[^a]", "c", "\\d", ".", "\\.", "\\\"", "[\\\\b-]");
        var times = OneOf("", "", "?", "+", "*", "{2}", "{1,3}", "{0,2}", "{2,}");
        var flat = Gen.Select(atom, times, (a, t) => a + t).Array[0, 4].Select(string.Concat);
        var group = Gen.Select(flat, flat, OneOf("", "?"), (one, other, t) => $"({one}|{other}){t}");
        var pattern = Gen.OneOf(flat, group).Array[1, 3].Select(parts => $"^(?:{string.Concat(parts)})$");
        Gen.Select(pattern, Gen.Char["ab1.c\"\\-x"].Array[0, 6].Select(chars => new string(chars)).Array[10]).Sample((regex, texts) =>
        {
            var grammar = Grammar(regex);
            foreach (var text in texts)
            {
                var matches = Regex.IsMatch(text, regex, RegexOptions.ECMAScript, TimeSpan.FromSeconds(5));
                Assert.True(Takes(grammar, text) == matches, $"{regex} and {text}: {matches}");
            }
        }, iter: 1_000);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(place => texts[place]);

    private static bool Takes(Gbnf grammar, string text) => grammar.Takes('"' + string.Concat(text.Select(c => c switch
    {
        '\\' or '"' => "\\" + c,
        '\n' => "\\n",
        '\t' => "\\t",
        _ => c.ToString(),
    })) + '"');

    private static Gbnf Grammar(string pattern)
    {
        var grammar = Gbnf.Parse(JsonGrammar.FromSchema(JsonSerializer.SerializeToElement(new { type = "string", pattern })));
        Assert.Empty(grammar.Faults());
        return grammar;
    }
}
