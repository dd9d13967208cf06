using System.Text.Json;
using CsCheck;
using Tessera.Inference;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Unit.Inference.Constraints.Schemas;

/// <summary>Schemas by chance, with a value that each allows.</summary>
public sealed class AnySchemaTests
{
    private static readonly string[] Names = ["a", "ab", "b\\\"c", "näme", "x y", "type", "", "😀"];

    private static readonly string[] Values = ["\"x\"", "1", "null", """{"k":[true]}""", "\"\\\"\\\\\"", "[]"];

    private static readonly Gen<(string Schema, string Value)> Simple = Gen.OneOf(
        Gen.Select(Gen.Int[-1_000, 1_000], Gen.Int[0, 50], Gen.Int[0, 50], (value, below, above) =>
            ($$"""{"type":"integer","minimum":{{value - below}},"maximum":{{value + above}}}""", $"{value}")),
        Gen.Select(Gen.Int[-1_000, 1_000], Gen.Int[1, 50], Gen.Int[1, 50], (value, below, above) =>
            ($$"""{"type":"number","exclusiveMinimum":{{value - below}},"exclusiveMaximum":{{value + above}}}""", $"{value}.0")),
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 3], (length, below, above) =>
            ($$"""{"type":"string","minLength":{{Math.Max(0, length - below)}},"maxLength":{{length + above}}}""", $"\"{new string('é', length)}\"")),
        Gen.Int[0, Values.Length - 1].Select(place => ($$"""{"enum":[{{string.Join(',', Values)}}],"title":"One"}""", Values[place])),
        Gen.OneOf(
            Gen.Const(("true", "[1]")),
            Gen.Const(("{}", """{"q":"z"}""")),
            Gen.Const(("""{"type":["boolean","null"]}""", "null")),
            Gen.Const(("""{"type":"string","pattern":"^[A-Z]{2}(-[0-9]+)?$"}""", "\"AB-12\"")),
            Gen.Const(("""{"type":"string","pattern":"[0-9]"}""", "\"a1\"")),
            Gen.Const(("""{"type":"string","format":"date"}""", "\"2024-02-28\"")),
            Gen.Const(("""{"type":"string","format":"date-time"}""", "\"2024-02-28T01:02:03Z\"")),
            Gen.Const(("""{"type":"string","format":"uuid"}""", "\"123e4567-e89b-12d3-a456-426614174000\"")),
            Gen.Const(("""{"const":"c"}""", "\"c\"")),
            Gen.Const(("""{"$ref":"#/$defs/tree"}""", """{"kids":[{"kids":[]}]}""")),
            Gen.Const(("""{"type":"object"}""", "{}")),
            Gen.Const(("""{"type":"array"}""", "[]"))));

    private static readonly Gen<(string Schema, string Value)> Any = Nested(3);

    [Fact]
    public void Value_that_a_schema_allows_is_taken() => Any.Sample(pair =>
    {
        var text = JsonGrammar.FromSchema(Root(pair.Schema));
        var grammar = Gbnf.Parse(text);
        Assert.Empty(grammar.Faults());
        Assert.True(JsonValidator.IsValid(Root(pair.Schema), JsonElement.Parse(pair.Value), Root(pair.Schema)), $"{pair.Schema}\n{pair.Value}");
        Assert.True(grammar.Takes(pair.Value), $"{pair.Schema}\n{pair.Value}\n{text}");
    }, iter: 1_500);

    [Fact]
    public void Text_that_a_grammar_takes_is_valid_for_the_schema() => Gen.Select(Any, Gen.Int).Sample((pair, seed) =>
    {
        var schema = Root(pair.Schema);
        var writer = new GbnfWriter(JsonGrammar.FromSchema(schema));
        Assert.True(writer.Ends);
        var chance = new Random(seed);
        for (var times = 0; times < 5; times++)
        {
            var text = writer.Write(chance);
            Assert.True(JsonValidator.IsValid(schema, JsonElement.Parse(text), schema), $"{pair.Schema}\n{text}");
        }
    }, iter: 1_500);

    [Fact]
    public void Any_json_as_a_schema_is_a_grammar_or_a_bad_schema()
    {
        var word = Pick("type", "properties", "required", "items", "prefixItems", "anyOf", "allOf", "oneOf", "$ref", "$defs", "enum", "const", "minItems", "maxItems",
            "minLength", "maxLength", "minimum", "maximum", "multipleOf", "pattern", "format", "additionalProperties", "minProperties", "maxProperties", "nullable", "not", "uniqueItems");
        var plain = Pick("1", "-3", "2.5", "1e99", "true", "false", "null", "\"string\"", "\"object\"", "\"#\"", "\"#/properties\"", "\"^a(b|c)*$\"", "\"((\"", "\"date\"", "[]", "{}", "[\"a\"]");
        var json = plain;
        for (var depth = 0; depth < 4; depth++)
        {
            var inner = json;
            json = Gen.OneOf(
                plain, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"),
                Gen.Select(word, inner).Array[0, 4].Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}"));
        }

        json.Sample(schema =>
        {
            try
            {
                Assert.Empty(Gbnf.Parse(JsonGrammar.FromSchema(JsonElement.Parse(schema))).Faults());
            }
            catch (ModelException e)
            {
                Assert.Equal(ModelFault.BadSchema, e.Fault);
            }
        }, iter: 10_000);
    }

    private static Gen<(string Schema, string Value)> Nested(int depth)
    {
        if (depth == 0)
        {
            return Simple;
        }

        var inner = Nested(depth - 1);
        var member = Gen.Select(inner, Gen.Bool, Gen.Bool, (pair, required, present) => (pair.Schema, pair.Value, required, present: required || present));
        var objects = Gen.Select(member.Array[0, Names.Length], Gen.Int[0, 2], (members, others) =>
        {
            var named = members.Select((one, place) => (Name: Names[place], one.Schema, one.Value, one.required, one.present)).ToList();
            var rest = others switch { 0 => "", 1 => ",\"additionalProperties\":false", _ => ",\"additionalProperties\":{\"type\":\"null\"}" };
            var values = named.Where(one => one.present).Select(one => $"\"{one.Name}\":{one.Value}").Concat(others == 2 ? ["\"abc\":null", "\"zz\\n\":null"] : []);
            return (
                "{\"type\":\"object\",\"properties\":{" + string.Join(',', named.Select(one => $"\"{one.Name}\":{one.Schema}")) + "},\"required\":["
                + string.Join(',', named.Where(one => one.required).Select(one => $"\"{one.Name}\"")) + $"]{rest}}}",
                $"{{{string.Join(',', values)}}}");
        });
        var lists = Gen.Select(inner.Array[1, 3], Gen.Int[0, 2], (some, spare) => (
            $$"""{"type":"array","items":{"anyOf":[{{string.Join(',', some.Select(one => one.Schema))}}]},"minItems":{{Math.Max(0, some.Length - spare)}},"maxItems":{{some.Length + spare}}}""",
            $"[{string.Join(',', some.Select(one => one.Value))}]"));
        var tuples = Gen.Select(inner.Array[1, 3], inner, (some, rest) => (
            $$"""{"type":"array","prefixItems":[{{string.Join(',', some.Select(one => one.Schema))}}],"items":{{rest.Schema}}}""",
            $"[{string.Join(',', some.Append(rest).Select(one => one.Value))}]"));
        var choices = Gen.Select(inner.Array[1, 3], Gen.Int[0, 2], (some, picked) => (
            $$"""{"anyOf":[{{string.Join(',', some.Select(one => one.Schema))}}]}""", some[picked % some.Length].Value));
        var both = inner.Select(one => ($$"""{"allOf":[{{one.Schema}},{"title":"Both"},true]}""", one.Value));
        return Gen.OneOf(inner, objects, lists, tuples, choices, both);
    }

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(place => texts[place]);

    private static JsonElement Root(string schema) => JsonElement.Parse(
        """{"$defs":{"tree":{"type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#/$defs/tree"}}},"required":["kids"]}},"allOf":[""" + schema + "]}");
}
