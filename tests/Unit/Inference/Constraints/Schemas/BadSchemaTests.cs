using System.Text.Json;
using Tessera.Inference;
using Tessera.Inference.Constraints.Schemas;

namespace Tessera.Unit.Inference.Constraints.Schemas;

public sealed class BadSchemaTests
{
    [Theory]
    [InlineData("false", "#", "false")]
    [InlineData("[1]", "#", "type")]
    [InlineData("""{"enum":[]}""", "#", "enum")]
    [InlineData("""{"properties":{"a":{"enum":[]}}}""", "#/properties/a", "enum")]
    [InlineData("""{"type":"array","minItems":3,"maxItems":2}""", "#", "minItems")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "#", "minLength")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "#", "minimum")]
    [InlineData("""{"type":"integer","exclusiveMinimum":1,"exclusiveMaximum":2}""", "#", "minimum")]
    [InlineData("""{"type":"number","minimum":1e300}""", "#", "minimum")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "#", "required")]
    [InlineData("""{"properties":{"b":{}},"required":["a"],"additionalProperties":false}""", "#", "required")]
    [InlineData("""{"type":"object","required":["a"],"maxProperties":0}""", "#", "maxProperties")]
    [InlineData("""{"type":"object","additionalProperties":false,"minProperties":1}""", "#", "minProperties")]
    [InlineData("""{"prefixItems":[{}],"items":false,"minItems":2}""", "#", "minItems")]
    [InlineData("""{"type":"string","enum":[1,2]}""", "#", "enum")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""", "#/allOf/1", "type")]
    [InlineData("""{"const":1,"enum":[2]}""", "#", "enum")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "#", "$ref")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "#", "$ref")]
    [InlineData("""{"$ref":5}""", "#", "$ref")]
    [InlineData("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}""", "#/$defs/", "$ref")]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#"}]}""", "#", "$ref")]
    [InlineData("""{"$defs":{"a":{"properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"]}},"$ref":"#/$defs/a"}""", "#/$defs/a", "$ref")]
    [InlineData("""{"items":{"$ref":"#"},"minItems":1}""", "#", "$ref")]
    [InlineData("""{"not":{"type":"null"}}""", "#", "not")]
    [InlineData("""{"if":{},"then":{}}""", "#", "if")]
    [InlineData("""{"patternProperties":{"^a":{}}}""", "#", "patternProperties")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "#", "uniqueItems")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "#", "multipleOf")]
    [InlineData("""{"type":"file"}""", "#", "type")]
    [InlineData("""{"type":[]}""", "#", "type")]
    [InlineData("""{"minLength":-1}""", "#", "minLength")]
    [InlineData("""{"minItems":"2"}""", "#", "minItems")]
    [InlineData("""{"minimum":"2"}""", "#", "minimum")]
    [InlineData("""{"required":"a"}""", "#", "required")]
    [InlineData("""{"properties":[]}""", "#", "properties")]
    [InlineData("""{"properties":{"a":5}}""", "#/properties/a", "type")]
    [InlineData("""{"properties":{"a":{},"a":{}}}""", "#", "properties")]
    [InlineData("""{"anyOf":[]}""", "#", "anyOf")]
    [InlineData("""{"pattern":"^a$","minLength":5}""", "#", "pattern")]
    [InlineData("""{"pattern":"^a$","format":"date"}""", "#", "pattern")]
    [InlineData("""{"pattern":"^a$","enum":["a"]}""", "#", "pattern")]
    [InlineData("""{"properties":{"x/y":{"items":{"type":"string","pattern":"("}}}}""", "#/properties/x~1y/items", "pattern")]
    [InlineData("""{"const":"\ud83d"}""", "#", "enum")]
    [InlineData("""{"properties":{"\ud83d":{}}}""", "#", "properties")]
    public void Schema_that_cannot_be_met_or_understood_is_named(string schema, string pointer, string keyword)
    {
        var fault = Assert.Throws<ModelException>(() => JsonGrammar.FromSchema(JsonElement.Parse(schema, new JsonDocumentOptions { AllowDuplicateProperties = true })));
        Assert.Equal(ModelFault.BadSchema, fault.Fault);
        Assert.Contains($"'{pointer}", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{keyword}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternative_that_cannot_be_met_is_left_out()
    {
        var text = JsonGrammar.FromSchema(JsonElement.Parse("""{"anyOf":[false,{"type":"integer","minimum":2,"maximum":1},{"const":1}]}"""));
        Assert.True(Gbnf.Parse(text).Takes("1"));
    }

    [Fact]
    public void Schema_that_nests_deep_is_worked_off()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 2_000).Select(n => $$$"""  "d{{{n}}}":{"properties":{"x":{"$ref":"#/$defs/d{{{n + 1}}}"}},"required":["x"]}"""));
        var text = JsonGrammar.FromSchema(JsonElement.Parse($$$"""{"$defs":{{{{definitions}}},"d2000":{"type":"null"}},"$ref":"#/$defs/d0"}"""));
        Assert.Empty(Gbnf.Parse(text).Faults());
    }

    [Theory]
    [InlineData("choices of choices")]
    [InlineData("references in a row")]
    [InlineData("combinations")]
    [InlineData("properties")]
    [InlineData("counts")]
    [InlineData("nested counts")]
    [InlineData("long names")]
    [InlineData("values")]
    [InlineData("long count")]
    [InlineData("values again and again")]
    [InlineData("long pointers")]
    [InlineData("too many together")]
    [InlineData("too long")]
    [InlineData("too deep")]
    public void Schema_beyond_the_limits_is_refused(string kind)
    {
        var schema = kind switch
        {
            "choices of choices" => Definitions(40, n => $$"""{"anyOf":[{"$ref":"#/$defs/d{{n + 1}}"},{"$ref":"#/$defs/d{{n + 1}}"}]}"""),
            "references in a row" => Definitions(500, n => $$"""{"allOf":[{"$ref":"#/$defs/d{{n + 1}}"}]}"""),
            "combinations" => $$"""{"allOf":[{{string.Join(',', Enumerable.Range(0, 20).Select(n => $$"""{"anyOf":[{"minLength":{{n}}},{"maxLength":{{n + 100}}}]}"""))}}]}""",
            "properties" => "{\"properties\":{" + string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"p{n}\":{{}}")) + "}}",
            "counts" => "{\"properties\":{" + string.Join(',', Enumerable.Range(0, 200).Select(n => $$"""  "p{{n}}":{"maxLength":{{900 + n}}} """)) + "}}",
            "nested counts" => Definitions(200, n => $$"""{"items":{"$ref":"#/$defs/d{{n + 1}}"},"maxItems":1000}"""),
            "long names" => $$$"""{"properties":{"{{{new string('x', 20_000)}}}":{}},"additionalProperties":true}""",
            "values" => $$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 3_000))}}]}""",
            "values again and again" =>
                "{\"$defs\":{\"e\":{\"enum\":[" + string.Join(',', Enumerable.Range(0, 1_000)) + "]}},\"allOf\":["
                + string.Join(',', Enumerable.Repeat("{\"$ref\":\"#/$defs/e\"}", 1_000)) + "]}",
            "long pointers" => "{\"properties\":{\"" + new string('x', 2_000) + "\":{\"properties\":{\"a\":{},\"b\":{}}}}}",
            "too many together" => "{\"allOf\":[" + string.Join(',', Enumerable.Range(0, 20).Select(_ => "{\"properties\":{\"a\":{\"minLength\":1}}}")) + "]}",
            "too long" => $$"""{"description":"{{new string('x', 600_000)}}"}""",
            "too deep" => string.Concat(Enumerable.Repeat("{\"items\":", 5_000)) + "{}" + new string('}', 5_000),
            _ => """{"type":"string","minLength":5000000}""",
        };
        Assert.Equal(ModelFault.BadSchema, Assert.Throws<ModelException>(
            () => JsonGrammar.FromSchema(JsonElement.Parse(schema, new JsonDocumentOptions { MaxDepth = 100_000 }))).Fault);
    }

    private static string Definitions(int count, Func<int, string> definition) =>
        "{\"$defs\":{" + string.Concat(Enumerable.Range(0, count).Select(n => $"\"d{n}\":{definition(n)},"))
        + $"\"d{count}\":{{\"type\":\"null\"}}}},\"$ref\":\"#/$defs/d0\"}}";
}
