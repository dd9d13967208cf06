using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Templates;

namespace Tessera.Unit.Inference.Templates;

public sealed class ChatTemplateTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "Why?");

    [Fact]
    public void Model_without_a_template_gets_the_contents_joined_by_newlines()
    {
        var prompt = ChatTemplate.None.Render([new(ChatRole.System, "Be brief."), Question], null, addGenerationPrompt: true);
        Assert.Equal([new PromptPart("Be brief.\nWhy?", false)], prompt.Parts);
        Assert.True(ChatTemplate.None.IsFallback);
        Assert.False(Fixtures.Template("chatml").IsFallback);
    }

    [Fact]
    public void Parts_tell_the_template_from_the_message() => Assert.Equal(
        [new PromptPart("<|im_start|>user\n", true), new PromptPart("Why?", false), new PromptPart("<|im_end|>\n<|im_start|>assistant\n", true)],
        Fixtures.Template("chatml").Render([Question], null, addGenerationPrompt: true).Parts);

    [Fact]
    public void System_message_that_is_taken_is_left_where_it_is() => Assert.StartsWith(
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhy?",
        Plain("chatml", new(ChatRole.System, "Be brief."), Question));

    [Fact]
    public void System_message_that_is_refused_goes_before_the_question() => Assert.Equal(
        "<s><start_of_turn>user\nBe brief.\n\nWhy?<end_of_turn>\n<start_of_turn>model\n",
        Plain("gemma-2", new(ChatRole.System, "Be brief."), Question));

    [Fact]
    public void System_message_that_would_be_dropped_goes_before_the_question() =>
        Assert.Contains("<|user|>\nBe brief.\n\nWhy?<|end|>", Plain("phi-3", new(ChatRole.System, "Be brief."), Question));

    [Fact]
    public void System_message_in_the_middle_goes_before_the_next_question() => Assert.Equal(
        "<s><start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\nSo.<end_of_turn>\n<start_of_turn>user\nBe brief.\n\nWhy?<end_of_turn>\n<start_of_turn>model\n",
        Plain("gemma-2", Question, new(ChatRole.Assistant, "So."), new(ChatRole.System, "Be brief."), Question));

    [Fact]
    public void System_message_without_a_question_becomes_one() =>
        Assert.Contains("<start_of_turn>user\nBe brief.<end_of_turn>", Plain("gemma-2", new ChatMessage(ChatRole.System, "Be brief.")));

    [Fact]
    public void Neighbours_of_one_role_are_merged_only_where_they_are_refused()
    {
        Assert.Contains("[INST]Why?\n\nWhy?[/INST]", Plain("mistral-nemo", Question, Question));
        Assert.Contains("Why?<|im_end|>\n<|im_start|>user\nWhy?", Plain("chatml", Question, Question));
    }

    [Fact]
    public void Ids_of_calls_that_are_refused_are_renumbered_and_answers_follow() => Assert.Contains(
        "\"id\": \"call00001\"}]</s>[TOOL_RESULTS]{\"content\": 21, \"call_id\": \"call00001\"}[/TOOL_RESULTS]",
        Plain(
            "mistral-nemo",
            Question,
            new(ChatRole.Assistant, [new FunctionCallContent("an-id-that-is-long", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("an-id-that-is-long", 21)])));

    [Fact]
    public void Answers_of_several_tools_are_a_turn_each() => Assert.Contains(
        "<tool_response>\n{\"a\":1}\n</tool_response>\n<tool_response>\ntwo\n</tool_response>",
        Plain(
            "qwen2.5",
            Question,
            new(ChatRole.Assistant, [new TextContent("Well."), new FunctionCallContent("1", "f"), new FunctionCallContent("2", "g")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", new Dictionary<string, object?> { ["a"] = 1 }), new FunctionResultContent("2", "two")])));

    [Fact]
    public void Thinking_is_left_to_the_template_or_switched()
    {
        var template = Fixtures.Template("qwen3");
        Assert.EndsWith("<|im_start|>assistant\n", Fixtures.Joined(template.Render([Question], null, true)));
        Assert.EndsWith("<think>\n\n</think>\n\n", Fixtures.Joined(template.Render([Question], null, true, enableThinking: false)));
    }

    [Fact]
    public void Date_is_the_clocks() => Assert.Contains("Today Date: 05 Sep 2024", Plain("llama-3.2", Question));

    [Fact]
    public void Template_that_refuses_everything_says_why()
    {
        var template = ChatTemplate.Parse("\n{{ raise_exception('Not today.') }}", null, null, Fixtures.Time);
        var refusal = Assert.Throws<ModelException>(() => template.Render([Question], null, true));
        Assert.Equal(ModelFault.BadTemplate, refusal.Fault);
        Assert.Equal("The chat template of the model refuses the conversation (line 2): Not today.", refusal.Message);
    }

    [Fact]
    public void Image_is_not_left_out_in_silence() => Assert.Throws<NotSupportedException>(() =>
        Fixtures.Template("chatml").Render([new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], null, true));

    [Fact]
    public void Template_renders_the_same_on_many_threads_at_once()
    {
        var template = Fixtures.Template("llama-3.1");
        var expected = Fixtures.Expected("llama-3.1", "calls");
        Parallel.For(0, 200, _ => Assert.Equal(expected, Fixtures.Joined(Fixtures.Render(template, "calls"))));
    }

    [Fact]
    public void Long_conversation_may_cost_more_than_a_short_one()
    {
        var message = new ChatMessage(ChatRole.User, new string('x', 2_000_000));
        Assert.Equal(2_000_000, Fixtures.Template("qwen3").Render([message], null, true).Parts.Where(part => !part.Trusted).Sum(part => part.Text.Length));
    }

    private static string Plain(string template, params ChatMessage[] messages) =>
        Fixtures.Joined(Fixtures.Template(template).Render(messages, null, addGenerationPrompt: true));
}
