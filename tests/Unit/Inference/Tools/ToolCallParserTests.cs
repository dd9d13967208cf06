using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Inference.Tools;

namespace Tessera.Unit.Inference.Tools;

public sealed class ToolCallParserTests
{
    private static readonly string[] Offered = ["get_weather", "add", "now"];

    private static readonly ToolCallSyntax[] Families =
        [ToolCallSyntax.Hermes, ToolCallSyntax.Llama, ToolCallSyntax.Mistral, ToolCallSyntax.MistralNamed, ToolCallSyntax.Phi, ToolCallSyntax.Json];

    private static readonly string[] Parts =
    [
        "<tool_call>", "</tool_call>", "<tool_", "<|python_tag|>", "<|python", "[TOOL_CALLS]", "[TOOL", "[ARGS]", "<|tool_call|>", "<|/tool_call|>", " ", "\n", ";",
        """{"name": "add", "arguments": {"a": 1, "b": [2, "}"]}}""", """{"name": "now", "parameters": {}}""", """{"name":"rm","arguments":{}}""", "{", "}", "[", "]", ",",
        "get_weather", """{"city":"Z\"}ü😀"}""", "text ", "\"", "\\", """[{"name":"add","arguments":{"a":1}},{"name":"now"}]""",
    ];

    [Theory]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": \"x\"}}\n</tool_call>", "add(a=1,b=\"x\")")]
    [InlineData("Hermes", "I look.\n<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>\n<tool_call>\n{\"name\": \"add\", \"arguments\": {}}\n</tool_call>\n", "I look.\n|now()|add()")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"now\"}</tool_call> Done.", "now()| Done.")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"now\",\"arguments\":\"{\\\"a\\\":1}\"}", "now(a=1)")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":\"</tool_call>\"}}</tool_call>", "add(a=\"</tool_call>\")")]
    [InlineData("Llama", "{\"name\": \"add\", \"parameters\": {\"a\": 1}}", "add(a=1)")]
    [InlineData("Llama", "\n\n<|python_tag|>{\"name\": \"add\", \"parameters\": {\"a\": 1}}", "add(a=1)")]
    [InlineData("Llama", "{\"name\":\"now\",\"parameters\":{}}; {\"name\":\"add\",\"parameters\":{}}", "now()|add()")]
    [InlineData("Mistral", "[TOOL_CALLS] [{\"name\": \"add\", \"arguments\": {\"a\": 1}}, {\"name\": \"now\", \"arguments\": {}, \"id\": \"abc\"}]", "add(a=1)|now()")]
    [InlineData("Mistral, named", "[TOOL_CALLS]add[ARGS]{\"a\": 1}[TOOL_CALLS]now[CALL_ID]x1[ARGS]{}", "add(a=1)|now()")]
    [InlineData("Mistral, named", "[TOOL_CALLS][{\"name\": \"now\", \"arguments\": {}}]", "now()")]
    [InlineData("Mistral, named", "Well. [TOOL_CALLS]add{\"a\": 1}", "Well. |add(a=1)")]
    [InlineData("Phi", "<|tool_call|>[{\"name\": \"add\", \"arguments\": {\"a\": 1}}]<|/tool_call|>", "add(a=1)")]
    [InlineData("JSON", " {\"name\": \"add\", \"arguments\": {\"a\": 1}} ", "add(a=1)")]
    [InlineData("JSON", "[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":{\"a\":1}}}]", "add(a=1)")]
    public void Call_of_an_offered_tool_is_found(string family, string text, string expected) => Assert.Equal(expected, Whole(family, text));

    [Theory]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"rm\", \"arguments\": {}}\n</tool_call>")]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}\n")]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"add\", \"arguments\": [1]}\n</tool_call>")]
    [InlineData("Hermes", "<tool_call>\n{\"name\": 5}\n</tool_call>")]
    [InlineData("Hermes", "<tool_call>\n{name: add}\n</tool_call>")]
    [InlineData("Hermes", "<tool_call>now</tool_call>")]
    [InlineData("Hermes", "a <tool_ca")]
    [InlineData("Hermes", "if (a <b) { x <tool_x> }</tool_call>")]
    [InlineData("Hermes", "{\"name\": \"add\", \"arguments\": {}}")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"\\ud83d\"}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"now\",\"arguments\":{\"\\ud83d\":1}}</tool_call>")]
    [InlineData("Hermes", "<tool_call>{\"name\":\"now\",\"arguments\":\"\\ud83d\"}</tool_call>")]
    [InlineData("Llama", "The answer is {\"name\": \"add\", \"parameters\": {}}")]
    [InlineData("Llama", "<|python_tag|>search.call(query=\"x\")")]
    [InlineData("Llama", "{\"answer\": 5} and more")]
    [InlineData("Llama", "{\"name\": \"add\", \"parameters\": {}")]
    [InlineData("Mistral", "[TOOL_CALLS] []")]
    [InlineData("Mistral", "[TOOL_CALLS] [{\"name\": \"add\", \"arguments\": {}}, {\"name\": \"rm\", \"arguments\": {}}]")]
    [InlineData("Mistral, named", "[TOOL_CALLS]rm[ARGS]{}")]
    [InlineData("Mistral, named", "[TOOL_CALLS]add[OTHER]{}")]
    [InlineData("JSON", "")]
    [InlineData("JSON", "  \n ")]
    [InlineData("JSON", "[1, 2]")]
    public void Text_that_is_no_call_comes_out_as_it_is(string family, string text) => Assert.Equal(text, Whole(family, text));

    [Fact]
    public void Broken_call_does_not_hide_the_next() =>
        Assert.Equal("<tool_call>|now()", Whole("Hermes", "<tool_call><tool_call>{\"name\":\"now\"}</tool_call>"));

    [Fact]
    public void Calls_have_arguments_and_ids_of_their_own()
    {
        var parser = new ToolCallParser(ToolCallSyntax.Mistral, Offered);
        var calls = parser.Feed("""[TOOL_CALLS] [{"name":"add","arguments":{"a":1,"b":null}},{"name":"add","arguments":{}}]""").Cast<FunctionCallContent>().ToList();
        Assert.Equal(1, ((JsonElement)calls[0].Arguments!["a"]!).GetInt32());
        Assert.Equal(JsonValueKind.Null, ((JsonElement)calls[0].Arguments!["b"]!).ValueKind);
        Assert.All(calls, call => Assert.Matches("^[A-Za-z0-9]{9}$", call.CallId));
        Assert.NotEqual(calls[0].CallId, calls[1].CallId);
    }

    [Fact]
    public void Plain_text_is_shown_at_once()
    {
        var parser = new ToolCallParser(ToolCallSyntax.Hermes, Offered);
        Assert.Equal("Hello ", Assert.IsType<TextContent>(Assert.Single(parser.Feed("Hello "))).Text);
        Assert.Equal("a ", Assert.IsType<TextContent>(Assert.Single(parser.Feed("a <tool"))).Text);
        Assert.Equal("<toolbox", Assert.IsType<TextContent>(Assert.Single(parser.Feed("box"))).Text);
        Assert.Empty(parser.Finish());
    }

    [Fact]
    public void Call_beyond_the_limits_comes_out_as_text()
    {
        foreach (var text in (string[])
        [
            "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":\"" + new string('x', 400_000) + "\"}}</tool_call>",
            "<tool_call>" + new string(' ', 5_000) + "{\"name\":\"add\"}</tool_call>",
            "<tool_call>{\"name\":\"add\",\"arguments\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100)),
        ])
        {
            Assert.Equal(text, Whole("Hermes", text));
        }
    }

    [Fact]
    public void Time_is_linear_in_the_text()
    {
        foreach (var part in (string[])["<tool_call>{", "<tool_call>", "<", "{\"name\":", "[TOOL_CALLS]a", " ", "<tool_call>{}"])
        {
            foreach (var family in Families)
            {
                _ = Written(family, string.Concat(Enumerable.Repeat(part, 60_000 / part.Length)), [1]);
            }
        }
    }

    [Fact]
    public void Outcome_does_not_hang_on_how_the_text_is_cut()
    {
        var text = Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 14].Select(string.Concat);
        Gen.Select(text, Gen.Int[0, Families.Length - 1], Gen.Int[1, 9].Array[1, 20]).Sample((whole, family, cuts) =>
        {
            var expected = Written(Families[family], whole, [whole.Length + 1]);
            Assert.Equal(expected, Written(Families[family], whole, [1]));
            Assert.Equal(expected, Written(Families[family], whole, cuts));
            for (var cut = 1; cut < Math.Min(whole.Length, 60); cut++)
            {
                Assert.Equal(expected, Written(Families[family], whole, [cut, whole.Length]));
            }
        }, iter: 2_000);
    }

    private static string Whole(string family, string text) => Written(Families.Single(one => one.Name == family), text, [text.Length + 1]);

    private static string Written(ToolCallSyntax family, string text, int[] cuts)
    {
        var parser = new ToolCallParser(family, Offered);
        List<AIContent> all = [];
        for (int at = 0, cut = 0; at < text.Length; cut++)
        {
            var length = Math.Min(cuts[cut % cuts.Length], text.Length - at);
            all.AddRange(parser.Feed(text.AsSpan(at, length)));
            at += length;
        }

        all.AddRange(parser.Finish());
        var written = new StringBuilder();
        AIContent? last = null;
        foreach (var content in all)
        {
            written.Append(last is null || (last is TextContent && content is TextContent) ? "" : "|").Append(content switch
            {
                TextContent shown => shown.Text,
                FunctionCallContent call => $"{call.Name}({string.Join(',', call.Arguments!.Select(argument => $"{argument.Key}={((JsonElement)argument.Value!).GetRawText()}"))})",
                _ => throw new InvalidOperationException(),
            });
            last = content;
        }

        return written.ToString();
    }
}
