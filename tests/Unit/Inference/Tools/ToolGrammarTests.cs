using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Tools;
using Tessera.Unit.Inference.Constraints;

namespace Tessera.Unit.Inference.Tools;

public sealed class ToolGrammarTests
{
    private static readonly AIFunctionDeclaration[] Tools =
    [
        AIFunctionFactory.CreateDeclaration("get_weather", "Weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]}""")),
        AIFunctionFactory.CreateDeclaration("now", "Time.", JsonElement.Parse("""{"type":"object","properties":{}}""")),
        AIFunctionFactory.CreateDeclaration("any", "Anything.", JsonElement.Parse("{}")),
    ];

    [Theory]
    [InlineData("Hermes", "<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\", \"days\": 3}}\n</tool_call>")]
    [InlineData("Llama", "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Ulm\", \"days\": 3}}")]
    [InlineData("Mistral", "[TOOL_CALLS][{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\", \"days\": 3}}]")]
    [InlineData("Mistral, named", "[TOOL_CALLS]get_weather[ARGS]{\"city\": \"Ulm\", \"days\": 3}")]
    [InlineData("Phi", "<|tool_call|>[{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\", \"days\": 3}}]<|/tool_call|>")]
    [InlineData("JSON", "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Ulm\", \"days\": 3}}")]
    public void Required_call_has_the_syntax_of_the_family_and_is_read_back(string family, string text)
    {
        var syntax = Syntax(family);
        var grammar = Gbnf.Parse(ToolGrammar.For(syntax, Tools, ChatToolMode.RequireAny)!);
        Assert.Empty(grammar.Faults());
        Assert.True(grammar.Takes(text));
        Assert.True(grammar.Takes(text.Replace("get_weather", "now", StringComparison.Ordinal).Replace("{\"city\": \"Ulm\", \"days\": 3}", "{}", StringComparison.Ordinal)));
        Assert.False(grammar.Takes(text.Replace("get_weather", "other", StringComparison.Ordinal)));
        Assert.False(grammar.Takes(text.Replace("3", "9", StringComparison.Ordinal)));
        Assert.False(grammar.Takes(text.Replace("get_weather", "now", StringComparison.Ordinal)));
        Assert.False(grammar.Takes("Sunny."));

        var parser = new ToolCallParser(syntax, Tools.Select(tool => tool.Name));
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(parser.Feed(text).Concat(parser.Finish())));
        Assert.Equal("get_weather", call.Name);
        Assert.Equal("Ulm", ((JsonElement)call.Arguments!["city"]!).GetString());
    }

    [Fact]
    public void Named_tool_is_the_only_one()
    {
        var grammar = Gbnf.Parse(ToolGrammar.For(ToolCallSyntax.Json, Tools, ChatToolMode.RequireSpecific("any"))!);
        Assert.True(grammar.Takes("""{"name": "any", "arguments": {"x": [1]}}"""));
        Assert.False(grammar.Takes("""{"name": "any", "arguments": 5}"""));
        Assert.False(grammar.Takes("""{"name": "now", "arguments": {}}"""));
    }

    [Fact]
    public void Nothing_is_forced_where_nothing_is_required()
    {
        Assert.Null(ToolGrammar.For(ToolCallSyntax.Hermes, Tools, ChatToolMode.Auto));
        Assert.Null(ToolGrammar.For(ToolCallSyntax.Hermes, Tools, ChatToolMode.None));
    }

    [Fact]
    public void Tool_that_is_missing_or_bad_is_named()
    {
        Assert.Contains("'gone'", Assert.Throws<ModelException>(() => ToolGrammar.For(ToolCallSyntax.Json, Tools, ChatToolMode.RequireSpecific("gone"))).Message, StringComparison.Ordinal);
        Assert.Equal(ModelFault.BadSchema, Assert.Throws<ModelException>(() => ToolGrammar.For(ToolCallSyntax.Json, [], ChatToolMode.RequireAny)).Fault);
        var bad = AIFunctionFactory.CreateDeclaration("bad", "", JsonElement.Parse("""{"type":"string"}"""));
        Assert.Contains("'bad'", Assert.Throws<ModelException>(() => ToolGrammar.For(ToolCallSyntax.Json, [bad], ChatToolMode.RequireAny)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_of_csharp_can_be_required()
    {
        var tool = AIFunctionFactory.Create((string city, int? days, DayOfWeek[] on, DateOnly from) => city, "plan");
        var grammar = Gbnf.Parse(ToolGrammar.For(ToolCallSyntax.Json, [tool], ChatToolMode.RequireAny)!);
        Assert.True(grammar.Takes("""{"name": "plan", "arguments": {"city": "Ulm", "days": null, "on": [], "from": "2024-02-03"}}"""));
    }

    [Theory]
    [InlineData("{{ '<tool_call>\\n{\"name\": ' }}", "Hermes")]
    [InlineData("<tool_call>\n<function=x>", "JSON")]
    [InlineData("{{ \"[TOOL_CALLS][\" }}", "Mistral")]
    [InlineData("{{ '[TOOL_CALLS]' + name + '[ARGS]' + arguments }}", "Mistral, named")]
    [InlineData("<|tool_call|> [/]", "Phi")]
    [InlineData("{{ '<|tool|>' + message['tools'] + '<|/tool|>' }}", "Phi")]
    [InlineData("{{ '<|python_tag|>' }}", "Llama")]
    [InlineData("{{ 'Environment: ipython' }} {{ '\"parameters\": ' }}", "Llama")]
    [InlineData("{{ '<|im_start|>' + message.role }}", "JSON")]
    [InlineData(null, "JSON")]
    public void Template_tells_the_syntax(string? template, string family) => Assert.Equal(family, ToolCallSyntax.Of(template).Name);

    private static ToolCallSyntax Syntax(string family) =>
        new[] { ToolCallSyntax.Hermes, ToolCallSyntax.Llama, ToolCallSyntax.Mistral, ToolCallSyntax.MistralNamed, ToolCallSyntax.Phi, ToolCallSyntax.Json }
            .Single(syntax => syntax.Name == family);
}
