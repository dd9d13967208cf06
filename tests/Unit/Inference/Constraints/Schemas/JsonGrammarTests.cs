using System.Text.Json;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Unit.Inference.Constraints.Schemas;

public sealed class JsonGrammarTests
{
    [Theory]
    [InlineData("{}", """1 -0.5e3 "a" null true [] {} {"a":[1,2]} [1,•{"b":null}]""", """01 tru {a:1} [1,] "a""")]
    [InlineData("true", "1 {}", "x")]
    [InlineData("""{"type":"boolean"}""", "true false", """null "true" 1""")]
    [InlineData("""{"type":"null","title":"Nothing"}""", "null", "0 false")]
    [InlineData("""{"type":["string","null"]}""", """null "null" """, "1 true")]
    [InlineData("""{"type":"string","nullable":true}""", """null "x" """, "1")]
    [InlineData("""{"enum":["a","b\"c",1.50,null,{"k":[1]},"é😀"]}""", """ "a" "b\"c" 1.50 null {"k":[1]} "é😀" """, """ "b" 1.5 2 {"k":[2]}""")]
    [InlineData("""{"const":"a\\b\n"}""", """ "a\\b\n" """, """ "a\b" """)]
    [InlineData("""{"type":"string","enum":["a",1]}""", """ "a" """, "1")]
    [InlineData("""{"type":"string"}""", """ "" "x" "\u00e9" "\n" "\/" "😀" """, """ "\ud83d" "\x" 'a' "a""")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"string","maxLength":1}]}""", """5 "a" """, """ "ab" 1.5 null""")]
    [InlineData("""{"oneOf":[{"const":"x"},{"const":"y"}]}""", """ "x" "y" """, """ "z" """)]
    [InlineData("""{"type":"array"}""", "[] [1,[2]]", "{} [")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[] [1] [1,•2,3]", """["a"] [1,] [1.5]""")]
    [InlineData("""{"items":{"type":"integer"},"minItems":1,"maxItems":3}""", "[1] [1,2,3]", "[] [1,2,3,4]")]
    [InlineData("""{"items":{"type":"integer"},"minItems":2}""", "[1,2] [1,2,3,4,5]", "[] [1]")]
    [InlineData("""{"items":true,"maxItems":0}""", "[] [•]", "[1]")]
    [InlineData("""{"items":false}""", "[]", "[1]")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}]}""", """[] [1] [1,"a"]""", """["a"] [1,2] [1,"a",2]""")]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2}""", """[1,"a"]""", "[] [1]")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"null"},"maxItems":3}""", "[] [1] [1,null] [1,null,null]", "[null] [1,1] [1,null,null,null]")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"null"},"minItems":3}""", "[1,null,null] [1,null,null,null]", "[1,null] [1]")]
    [InlineData("""{"items":[{"type":"integer"}],"additionalItems":{"type":"null"}}""", "[1] [1,null]", "[null] [1,2]")]
    [InlineData("""{"items":{"type":"integer"},"uniqueItems":true,"maxItems":1}""", "[] [1]", "[1,2]")]
    public void Values_of_a_schema_are_taken_and_others_not(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("""{"type":"object"}""", """{} {"a":1}""", "[] 1")]
    [InlineData("""{"properties":{"a":{"type":"integer"},"b":{"type":"null"}},"required":["a","b"],"additionalProperties":false}""",
        """{"a":1,"b":null} {"a":•1,•"b":•null} {•"a":1,"b":null•}""", """{} {"a":1} {"b":null} {"a":1,"b":null,"c":2} {"a":1"b":null}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"},"b":{"type":"null"},"c":{"type":"boolean"}},"required":["b"]}""",
        """{"b":null} {"a":1,"b":null} {"b":null,"c":true} {"a":1,"b":null,"c":false}""", """{} {"a":1} {"a":1,"c":true} {,"b":null} {"b":null,}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"},"b":{"type":"null"}}}""", """{} {"a":1} {"b":null} {"a":1,"b":null}""", """{"c":1} {"a":1,} {,"b":null}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"null"}}""",
        """{} {"a":1} {"b":null} {"a":1,"b":null,"aa":null} {"":null}""", """{"a":null} {"b":1} {"b":null,"a":1} {"\u0061":null}""")]
    [InlineData("""{"properties":{"ab":{"type":"integer"},"a\"c":{"type":"integer"}},"required":["ab"],"additionalProperties":true}""",
        """{"ab":1} {"ab":1,"a\"c":2,"x\"y":3} {"ab":1,"a":null} {"ab":1,"abc":[]}""", """{"ab":1,"ab":"x"} {"ab":1,"a\"c":"x"} {}""")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{} {"x":1,"y":2}""", """{"x":"y"}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""", "{} {•}", """{"x":1}""")]
    [InlineData("""{"additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":2}""", """{"x":1} {"x":1,"y":2}""", """{} {"x":1,"y":2,"z":3}""")]
    [InlineData("""{"properties":{"a":{},"b":{}},"minProperties":1}""", """{"a":1} {"b":1} {"a":1,"b":2}""", "{}")]
    [InlineData("""{"properties":{"a":{},"b":{},"c":{}},"required":["c"],"maxProperties":2}""", """{"c":1} {"a":1,"c":1}""", """{"a":1,"b":2,"c":3}""")]
    [InlineData("""{"properties":{"a":false,"b":{}}}""", """{} {"b":1}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":false},"additionalProperties":true}""", """{} {"b":1}""", """{"a":1}""")]
    [InlineData("""{"required":["a"]}""", """{"a":1} {"a":1,"b":2}""", """{} {"b":2}""")]
    [InlineData("""{"properties":{"na\"me\n":{"const":1},"é😀":{"const":2}},"required":["na\"me\n","é😀"]}""", """{"na\"me\n":1,"é😀":2}""", """{"name":1,"é😀":2}""")]
    public void Objects_hold_what_the_schema_names(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Theory]
    [InlineData("""{"$defs":{"a":{"type":"integer"}},"properties":{"x":{"$ref":"#/$defs/a"},"y":{"$ref":"#/$defs/a"}},"required":["x","y"]}""", """{"x":1,"y":2}""", """{"x":1,"y":"2"}""")]
    [InlineData("""{"$defs":{"node":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["v","next"]}},"$ref":"#/$defs/node"}""",
        """{"v":1,"next":null} {"v":1,"next":{"v":2,"next":null}}""", """{"v":1} {"v":1,"next":{"v":2}}""")]
    [InlineData("""{"properties":{"children":{"items":{"$ref":"#"}}},"required":["children"]}""", """{"children":[]} {"children":[{"children":[]}]}""", """{"children":[1]}""")]
    [InlineData("""{"definitions":{"a/b~c d":{"const":1}},"$ref":"#/definitions/a~1b~0c%20d","description":"x"}""", "1", "2")]
    [InlineData("""{"$defs":{"a":{"properties":{"x":{"type":"integer"}},"required":["x"]}},"$ref":"#/$defs/a","properties":{"y":{"type":"null"}},"required":["y"]}""",
        """{"x":1,"y":null} {"y":null,"x":1}""", """{"y":null}""", true)]
    [InlineData("""{"allOf":[{"properties":{"x":{"type":["integer","string"]}},"required":["x"]},{"properties":{"x":{"type":["integer","null"]},"y":{"type":"null"}}}]}""",
        """{"x":1} {"x":1,"y":null}""", """{"x":"a"} {"x":null} {}""")]
    [InlineData("""{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"anyOf":[{"required":["a"]},{"required":["b"]}],"additionalProperties":false}""",
        """{"a":1} {"b":1} {"a":1,"b":2}""", "{}")]
    [InlineData("""{"allOf":[{"anyOf":[{"const":1},{"const":2}]},{"anyOf":[{"const":2},{"const":3}]}]}""", "2", "1 3")]
    [InlineData("""{"type":"number","allOf":[{"minimum":1,"type":"integer"},{"maximum":5}]}""", "1 5", "0 6 2.5")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind","n"]},{"properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"kind":"a","n":1} {"kind":"b"}""", """{"kind":"a"} {"kind":"b","n":1}""")]
    public void References_and_combinations_are_worked_out(string schema, string valid, string invalid, bool anyOrder = false) =>
        Check(schema, valid, invalid, anyOrder);

    [Theory]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", """ "ab" "a😀c" "\n\u00e9" """, """ "a" "abcd" """)]
    [InlineData("""{"type":"string","minLength":1}""", """ "a" "abcdef" """, "\"\"")]
    [InlineData("""{"type":"string","maxLength":0}""", "\"\"", "\"a\"")]
    [InlineData("""{"type":"string","format":"date"}""", """ "2024-02-28" "1999-12-31" """, """ "2024-02-30" "2024-13-01" "24-01-01" "2024-04-31" """)]
    [InlineData("""{"type":"string","format":"time"}""", """ "23:59:59Z" "00:00:00.123+01:00" """, """ "24:00:00Z" "12:00" """)]
    [InlineData("""{"type":"string","format":"date-time"}""", """ "2024-02-28T10:00:00Z" """, """ "2024-02-28" """)]
    [InlineData("""{"type":"string","format":"uuid"}""", """ "123e4567-e89b-12d3-a456-426614174000" """, """ "123e4567" """)]
    [InlineData("""{"type":"string","format":"email"}""", """ "a@b.c" "anything" """, "1")]
    public void Strings_keep_length_and_format(string schema, string valid, string invalid) => Check(schema, valid, invalid);

    [Fact]
    public void Any_object_is_an_object_of_bounded_space()
    {
        var grammar = Gbnf.Parse(JsonGrammar.AnyObject);
        Assert.Empty(grammar.Faults());
        Assert.True(grammar.Takes("""{"a": [1, {"b": null}],""" + "\n    \"c\": {}\n}"));
        Assert.False(grammar.Takes("[1]"));
        Assert.False(grammar.Takes("{\"a\":  1}"));
        Assert.False(grammar.Takes("{\"a\":1}\n"));
        Assert.False(grammar.Takes("{\n\n\"a\":1}"));
    }

    [Theory]
    [InlineData(1_500, 2_500)]
    [InlineData(999, 1_001)]
    [InlineData(1_200, int.MaxValue)]
    [InlineData(0, 3_333)]
    public void Long_counts_are_exact(int min, int max)
    {
        var grammar = Grammar($$"""{"type":"string","minLength":{{min}},"maxLength":{{max}}}""");
        foreach (var length in (int[])[min - 1, min, min + 1, 1_700, Math.Min(max, 4_000), max == int.MaxValue ? 5_000 : max + 1])
        {
            Assert.True(length < 0 || grammar.Takes($"\"{new string('x', length)}\"") == (min <= length && length <= max), $"{length}");
        }
    }

    private static void Check(string schema, string valid, string invalid, bool anyOrder = false)
    {
        var grammar = Grammar(schema);
        var taken = valid.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Replace('•', ' ')).ToList();
        Assert.All(taken, text => JsonDocument.Parse(text).Dispose());
        Assert.True(anyOrder ? taken.Exists(grammar.Takes) : taken.TrueForAll(grammar.Takes),
            $"Refused: {string.Join(", ", taken.Where(text => !grammar.Takes(text)))}\n{JsonGrammar.FromSchema(Json(schema))}");
        var wrong = invalid.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(grammar.Takes);
        Assert.True(!wrong.Any(), $"Taken: {string.Join(", ", wrong)}\n{JsonGrammar.FromSchema(Json(schema))}");
    }

    private static Gbnf Grammar(string schema)
    {
        var grammar = Gbnf.Parse(JsonGrammar.FromSchema(Json(schema)));
        Assert.Empty(grammar.Faults());
        return grammar;
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
