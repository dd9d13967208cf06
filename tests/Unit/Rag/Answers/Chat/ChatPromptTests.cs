using Microsoft.Extensions.AI;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Chat;
using Tessera.Sdk;
using static Tessera.Unit.Rag.Answers.FakeStore;

namespace Tessera.Unit.Rag.Answers.Chat;

public sealed class ChatPromptTests
{
    private static readonly IReadOnlyList<Passage> Passages =
        [.. Enumerable.Range(1, 3).Select(rank => new Passage(Chunk($"Text of passage {rank}.", $"Part {rank}"), 10 - rank))];

    private static readonly IReadOnlyList<Turn> Turns = [.. Enumerable.Range(1, 6).Select(age => new Turn($"Question {age}?", $"It says “answer {age}”."))];

    private static DomainProfile Legal { get; } = Profile with { ChatInstructions = "You help lawyers." };

    [Fact]
    public void Rules_are_the_same_for_every_question()
    {
        var one = Make(new Question("What is it?"));
        var other = Make(new Question("And why?") { Earlier = Turns }, Passages.Take(1));
        Assert.Equal(one.Messages[0].Text, other.Messages[0].Text);
        Assert.Equal(ChatRole.System, one.Messages[0].Role);
        Assert.StartsWith("You help lawyers.", one.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains(ChatRules.NoAnswer, one.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("<q>", one.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Last_message_shows_the_passages_by_number_and_the_question()
    {
        var prompt = Make(new Question(" What is it? "));
        Assert.Equal(2, prompt.Messages.Count);
        Assert.Equal(
            "Passages:\n\n[1] Part 1\nText of passage 1.\n\n[2] Part 2\nText of passage 2.\n\n[3] Part 3\nText of passage 3.\n\nQuestion: What is it?",
            prompt.Messages[1].Text);
        var locked = Assert.IsType<QuoteLock>(prompt.Options.AdditionalProperties![QuoteLock.Key]);
        Assert.Equal(Passages.Select(passage => passage.Chunk.Text), locked.Sources);
    }

    [Fact]
    public void Best_passages_are_shown_with_their_section_and_each_chunk_once()
    {
        var document = new DocumentId(Guid.NewGuid());
        var chunks = Enumerable.Range(0, 6).Select(i => new Chunk(document, i, $"Chunk {i}.", "Part", null, i * 10, (i * 10) + 8)).ToList();
        var prompt = Make(new Question("What?"), [Around(1), Around(2), Around(5), Around(0)]);
        Assert.Equal(
            "Passages:\n\n[1] Part\nChunk 0.\nChunk 1.\nChunk 2.\n\n[2] Part\nChunk 5.\n\nQuestion: What?", prompt.Messages[^1].Text);
        Assert.Equal([0, 1, 2, 5], prompt.Sources.Select(x => x.Ordinal));
        Assert.Equal(prompt.Sources.Select(x => x.Text), Assert.IsType<QuoteLock>(prompt.Options.AdditionalProperties![QuoteLock.Key]).Sources);
        Assert.Equal(4, prompt.Passages.Count);

        Passage Around(int at) => new(chunks[at], 1) { Section = [.. chunks.Skip(Math.Max(0, at - 1)).Take(at == 0 ? 2 : 3)] };
    }

    [Fact]
    public void Sections_go_before_passages_do()
    {
        var document = new DocumentId(Guid.NewGuid());
        Chunk[] chunks = [.. Enumerable.Range(0, 9).Select(i => new Chunk(document, i, $"Text of passage {i}.", "Part", null, i * 20, (i * 20) + 18))];
        Passage[] passages = [.. Enumerable.Range(0, 3).Select(i => new Passage(chunks[(3 * i) + 1], 1) { Section = chunks[(3 * i)..((3 * i) + 3)] })];
        foreach (var (budget, sources, kept) in ((int, int, int)[])[(9, 7, 3), (8, 5, 3), (7, 5, 3), (6, 3, 3), (5, 3, 3), (4, 2, 2)])
        {
            var prompt = Make(new Question("And why?"), passages, Count, (budget * 1000) + 512);
            Assert.Equal((sources, kept), (prompt.Sources.Count, prompt.Passages.Count));
        }
    }

    [Fact]
    public void Last_turns_stand_before_it_as_the_model_wrote_them()
    {
        var prompt = Make(new Question("And why?") { Earlier = Turns });
        Assert.Equal(
            ["Question 3?", "It says <q>answer 3</q>.", "Question 4?", "It says <q>answer 4</q>.", "Question 5?", "It says <q>answer 5</q>.", "Question 6?", "It says <q>answer 6</q>."],
            prompt.Messages.Skip(1).SkipLast(1).Select(message => message.Text));
        Assert.Equal(ChatRole.Assistant, prompt.Messages[2].Role);
        Assert.Equal("NO ANSWER", Make(new Question("And why?") { Earlier = [new Turn("Who?", null)] }).Messages[2].Text);
    }

    [Theory]
    [InlineData(13, 4, 3)]
    [InlineData(12, 3, 3)]
    [InlineData(9, 2, 3)]
    [InlineData(8, 1, 3)]
    [InlineData(7, 1, 3)]
    [InlineData(6, 1, 2)]
    [InlineData(5, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(3, 0, 1)]
    public void What_does_not_fit_goes_by_age_and_by_rank(int budget, int turns, int passages)
    {
        var prompt = Make(new Question("And why?") { Earlier = Turns }, meter: Count, context: (budget * 1000) + 512);
        Assert.Equal(passages, prompt.Passages.Count);
        Assert.Equal(turns, (prompt.Messages.Count - 2) / 2);
        Assert.Equal(Passages.Take(passages), prompt.Passages);
        Assert.Equal(passages, Assert.IsType<QuoteLock>(prompt.Options.AdditionalProperties![QuoteLock.Key]).Sources.Count);
    }

    [Fact]
    public void Question_that_does_not_fit_with_one_passage_is_an_error_that_names_the_model()
    {
        var error = Assert.Throws<PromptTooLongException>(() => Make(new Question("Why?") { Earlier = Turns }, meter: Count, context: 2999 + 512));
        Assert.Equal((3000, 2999), (error.Needed, error.Available));
        Assert.Contains("'m'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Why?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, 32)]
    [InlineData(1024, 256)]
    [InlineData(131072, 512)]
    [InlineData(null, 512)]
    public void Reply_gets_its_share_of_the_context(int? context, int reply) =>
        Assert.Equal(reply, Make(new Question("Why?"), meter: _ => 1, context: context).Options.MaxOutputTokens);

    [Fact]
    public void Client_without_a_meter_is_estimated_by_bytes() =>
        Assert.Equal(8 + 2, new TokenMeter(null).Count([new ChatMessage(ChatRole.User, "äöü")]));

    // A message and a passage take a thousand tokens each.
    private static int Count(IReadOnlyList<ChatMessage> messages) =>
        1000 * (messages.Count + messages[^1].Text.Split("Text of passage").Length - 1);

    private static ChatPrompt Make(
        Question question, IEnumerable<Passage>? passages = null, Func<IReadOnlyList<ChatMessage>, int>? meter = null, int? context = 8192) =>
        ChatPrompt.Of(
            Legal, question, [.. passages ?? Passages], TokenMeter.Of(new FakeChat { Meter = meter }), new ChatModelInfo("m", null, context, InProcess: true));
}
