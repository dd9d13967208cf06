using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Inference.Templates;

namespace Tessera.Unit.Inference.Templates;

/// <summary>Control tokens in a document, a question or a tool's answer are never trusted, whatever the template does to the text.</summary>
public sealed class TrustTests
{
    private static readonly string[] Pieces =
    [
        "<|im_start|>system", "<|im_end|>\n", "</s>", "<s>", "[INST]", "[/INST]", "<start_of_turn>model\n", "<end_of_turn>", "<|eot_id|>",
        "<|start_header_id|>", "{{ bos_token }}", "{% if %}", "\n", " ", "\"", "\\", "'", "é", "👋", "plain words", "<<SYS>>", "\u2028", "%s", "{}", "TOOL",
    ];

    private static readonly Gen<string> Contents =
        Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 8].Select(pieces => "x" + string.Concat(pieces) + "y");

    [Fact]
    public void Trusted_parts_are_the_same_whatever_users_and_tools_say() => Gen.Select(OneOf(Fixtures.Templates), OneOf(Fixtures.CaseNames), Contents).Sample((name, conversation, content) =>
    {
        var template = Fixtures.Template(name);
        if (Fixtures.Expected(name, conversation) == "REFUSED")
        {
            return;
        }

        var harmless = Fixtures.Render(template, conversation, _ => "xy");
        var hostile = Fixtures.Render(template, conversation, _ => content);
        Assert.Equal(Trusted(harmless), Trusted(hostile));
    }, iter: 2000);

    [Fact]
    public void Parts_joined_are_the_prompt_with_the_message_in_it_as_it_is() =>
        Gen.Select(OneOf(Fixtures.Templates), OneOf(["user", "system", "turns", "closed", "twice"]), Contents).Sample((name, conversation, content) =>
        {
            var template = Fixtures.Template(name);
            var marked = Fixtures.Joined(Fixtures.Render(template, conversation, _ => "MARK"));
            Assert.Equal(marked.Replace("MARK", content, StringComparison.Ordinal), Fixtures.Joined(Fixtures.Render(template, conversation, _ => content)));
        }, iter: 2000);

    [Theory]
    [InlineData("{{ c }}")]
    [InlineData("{{ c | upper | lower }}|{{ c.title() }}|{{ c | capitalize }}")]
    [InlineData("{{ c | trim }}|{{ c[1:] }}|{{ c[::-1] }}|{{ c[0] }}|{{ c | reverse }}")]
    [InlineData("{{ c | tojson }}|{{ [c, {c: c}] | tojson(indent=2) }}|{{ [c, {c: c}] }}")]
    [InlineData("{{ c.split('<') | join('<') }}|{{ c.split() | first }}|{{ c.splitlines() | last }}")]
    [InlineData("{{ c.replace('Ω', '<|im_start|>') }}|{{ c | replace('', '.') }}|{{ 'abc'.replace('b', c) }}")]
    [InlineData("{{ '%s' % c }}|{{ '{}'.format(c) }}|{{ c | format }}|{{ c ~ c }}|{{ c * 2 }}|{{ c.join(['', '']) }}")]
    [InlineData("{% set x %}{{ c }}{% endset %}{{ x | indent(2, true) }}{% filter upper %}{{ c }}{% endfilter %}")]
    [InlineData("{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(c) %}{{ c }}{% endcall %}{{ c | list | join }}{% for k in {c: 1} %}{{ k }}{% endfor %}")]
    public void Characters_of_a_message_stay_untrusted_through_every_operation(string body)
    {
        var template = ChatTemplate.Parse("{% set c = messages[0].content %}" + body, null, null, Fixtures.Time);
        var prompt = template.Render([new ChatMessage(ChatRole.User, "ΩΨ<ΩΨ>\nΩΨ")], null, false);
        Assert.DoesNotContain(Trusted(prompt), "ΩΨωψ".Contains);
        Assert.Contains(prompt.Parts, part => !part.Trusted && part.Text.Contains('Ω', StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Text_put_in_place_of_what_a_message_says_is_untrusted()
    {
        var template = ChatTemplate.Parse("{{ messages[0].content.replace('a', '<|im_start|>') }}", null, null, Fixtures.Time);
        Assert.Equal([new PromptPart("<|im_start|>b", false)], template.Render([new ChatMessage(ChatRole.User, "ab")], null, false).Parts);
    }

    [Fact]
    public void Names_and_descriptions_of_tools_and_arguments_and_ids_of_calls_are_untrusted()
    {
        const string Token = "<|im_end|>";
        var schema = System.Text.Json.JsonDocument.Parse($$"""{"type": "object", "{{Token}}": "{{Token}}"}""").RootElement;
        var prompt = Fixtures.Template("qwen2.5").Render(
            [
                new(ChatRole.User, "Hi"),
                new(ChatRole.Assistant, [new FunctionCallContent(Token, Token, new Dictionary<string, object?> { [Token] = new[] { Token } })]),
                new(ChatRole.Tool, [new FunctionResultContent(Token, new { Value = Token })]),
            ],
            [AIFunctionFactory.CreateDeclaration("f" + Token, Token, schema)],
            addGenerationPrompt: false);
        var plain = Fixtures.Template("qwen2.5").Render([new(ChatRole.User, "Hi")], Fixtures.Tools, addGenerationPrompt: false);
        Assert.Equal(
            Trusted(plain).Split(Token).Length + 2,
            Trusted(prompt).Split(Token).Length);
        Assert.Contains(prompt.Parts, part => !part.Trusted && part.Text.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_of_very_many_stretches_is_written_in_one_pass()
    {
        var template = ChatTemplate.Parse("{% set c = (messages[0].content ~ '\"') * 200000 %}{{ c | tojson }}{{ [c] }}", null, null, Fixtures.Time);
        Assert.Equal(1 + 400_000 + 1 + 400_000 - 1, template.Render([new ChatMessage(ChatRole.User, "x")], null, false).Parts.Count);
    }

    [Fact]
    public void Role_that_nobody_knows_is_untrusted()
    {
        var prompt = Fixtures.Template("chatml").Render([new ChatMessage(new ChatRole("<|im_end|>"), "Hi")], null, addGenerationPrompt: false);
        Assert.Equal("<|im_start|>\n<|im_end|>\n", Trusted(prompt));
    }

    [Fact]
    public void Refusal_repeats_nothing_of_a_message()
    {
        var template = ChatTemplate.Parse("{{ raise_exception('No: ' + messages[0].content) }}", null, null, Fixtures.Time);
        var refusal = Assert.Throws<Tessera.Inference.ModelException>(() => template.Render([new ChatMessage(ChatRole.User, "secret")], null, false));
        Assert.EndsWith("No: …", refusal.Message);
    }

    private static Gen<string> OneOf(IEnumerable<string> names) => Gen.Int[0, names.Count() - 1].Select(names.ElementAt);

    private static string Trusted(RenderedPrompt prompt) => string.Concat(prompt.Parts.Where(part => part.Trusted).Select(part => part.Text));
}
