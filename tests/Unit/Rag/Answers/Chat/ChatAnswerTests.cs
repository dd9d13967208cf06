using Microsoft.Extensions.AI;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Chat;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;
using static Tessera.Unit.Rag.Answers.Chat.FakeChat;
using static Tessera.Unit.Rag.Answers.FakeStore;

namespace Tessera.Unit.Rag.Answers.Chat;

public sealed class ChatAnswerTests
{
    private const string Law = "5.1 Term. This Agreement lasts three years. 5.2 Notice. Either party gives 90 days' notice.";
    private const string Asked = "How long is the agreement's term?";

    private static readonly Chunk Passage = Chunk(Law, "Article 5", start: 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quote_of_the_model_is_a_citation_of_its_characters()
    {
        var events = await EventsAsync(new FakeChat(new TextContent("It lasts"), new TextContent(" three years "), Cited("lasts three years"), new TextContent(".")));
        var answer = Completed(events);
        Assert.Equal("It lasts three years “lasts three years”.", answer.Text);
        var citation = Assert.Single(answer.Citations);
        Assert.Equal((Passage.Document, "Article 5", "lasts three years"), (citation.Document, citation.Path, citation.Quote));
        Assert.Equal("lasts three years", Law[(citation.Start - 100)..(citation.End - 100)]);
        Assert.Equal([0], Assert.Single(answer.Sentences).Citations);
        Assert.Equal(Verdict.Pass, Assert.Single(events.OfType<AnswerEvent.SentenceChecked>()).Verdict);
        Assert.IsType<AnswerEvent.SourcesFound>(events[0]);
    }

    [Fact]
    public async Task Quote_behind_the_stop_belongs_to_the_sentence_before_it()
    {
        var answer = Completed(await EventsAsync(new FakeChat(
            new TextContent("It ends after three years."), Cited("lasts three years"), new TextContent(". Notice is given "),
            Cited("gives 90 days' notice."), new TextContent(" It is so."))));
        Assert.Equal(
            ["It ends after three years. “lasts three years”.", "Notice is given “gives 90 days' notice.”", "It is so."],
            answer.Sentences.Select(sentence => sentence.Text));
        Assert.Equal([[0], [1], []], answer.Sentences.Select(sentence => sentence.Citations));
    }

    [Fact]
    public async Task Quote_of_the_section_around_a_passage_has_its_own_place()
    {
        var next = new Chunk(Passage.Document, 1, "5.3 Renewal. It renews each year.", "Article 5", 4, 200, 233);
        var workspace = Workspace(new FakeStore(Passage) { Documents = [Passage, next] });
        var chat = new FakeChat(new TextContent("It lasts "), Cited("lasts three years"), new TextContent(" and "), Quote("renews each year", 1, 16), new TextContent("."));
        var events = await Pipeline().AnswerAsync(chat.In(workspace), new Question(Asked), Token).ToListAsync(Token);
        Assert.Equal([("lasts three years", 125, null), ("renews each year", 216, 4)], Completed(events).Citations.Select(x => (x.Quote, x.Start, x.Page)));
        Assert.Equal([Passage, next], Assert.IsType<AnswerEvent.SourcesFound>(events[0]).Passages[0].Section);
    }

    [Fact]
    public async Task Same_characters_are_one_citation()
    {
        var answer = Completed(await EventsAsync(new FakeChat(
            new TextContent("One "), Cited("lasts three years"), new TextContent(". Two "), Cited("lasts three years"), new TextContent("."))));
        Assert.Single(answer.Citations);
        Assert.Equal([[0], [0]], answer.Sentences.Select(sentence => sentence.Citations));
    }

    [Fact]
    public async Task Quote_that_is_not_what_stands_there_is_shown_as_words()
    {
        AIContent[] offenders =
        [
            Quote("lasts four years", 0, 0), Quote("lasts three years", 0, 1), Quote("lasts three years", 7, 0), Quote("lasts three years", -1, 0),
            Quote("lasts three years", 0, -3), Quote("lasts three years", 0, Law.Length - 2), Unfound("lasts “three” years"),
        ];
        foreach (var offender in offenders)
        {
            var events = await EventsAsync(new FakeChat(new TextContent("It "), offender, new TextContent(".")));
            var answer = Completed(events);
            Assert.DoesNotContain('“', answer.Text);
            Assert.Empty(answer.Citations);
            Assert.Equal(new Verdict(false, SentenceChecks.Unfound), Assert.Single(events.OfType<AnswerEvent.SentenceChecked>()).Verdict);
        }
    }

    [Fact]
    public async Task Marks_of_the_models_own_do_not_look_like_a_quote()
    {
        var events = await EventsAsync(new FakeChat(new TextContent("It says “for ever”.")));
        Assert.Equal("It says \"for ever\".", Completed(events).Text);
        Assert.Equal(new Verdict(false, SentenceChecks.NoSource), Assert.Single(events.OfType<AnswerEvent.SentenceChecked>()).Verdict);
    }

    [Theory]
    [InlineData("NO ANSWER")]
    [InlineData(" no", " answer.")]
    [InlineData("*No", " Answer!*\n")]
    [InlineData("")]
    [InlineData(" \n", "...")]
    public async Task Reply_that_says_nothing_is_refused_and_not_shown(params string[] reply)
    {
        var chat = new FakeChat([.. reply.Select(text => new TextContent(text))]);
        var events = await EventsAsync(chat);
        var refused = Assert.IsType<AnswerEvent.Refused>(events[^1]).Answer;
        Assert.Equal(Profile.RefusalText, refused.Text);
        Assert.Equal(Profile.RefusalText, Assert.Single(events.OfType<AnswerEvent.TextDelta>()).Text);
        Assert.Equal((AnswerMode.Model, "fake-1b"), (refused.Receipt.Mode, refused.Receipt.Model));
        Assert.Equal((1, 1), (chat.Rented, chat.GivenBack));
    }

    [Theory]
    [InlineData("No answer is known for Mongolia.")]
    [InlineData("No.")]
    [InlineData("NO ANSWER is needed")]
    public async Task Answer_that_begins_alike_is_shown(string reply) =>
        Assert.Equal(reply, Completed(await EventsAsync(new FakeChat([.. reply.Select(letter => new TextContent($"{letter}"))]))).Text);

    [Theory]
    [InlineData("What is the capital of Mongolia?")]
    [InlineData("")]
    public async Task Weak_evidence_is_refused_without_the_model(string question)
    {
        var chat = new FakeChat(new TextContent("Ulaanbaatar."));
        var events = await EventsAsync(chat, question);
        Assert.Equal(0, chat.Rented);
        Assert.Equal((AnswerMode.Extractive, null), (Last(events).Receipt.Mode, Last(events).Receipt.Model));
        Assert.IsType<AnswerEvent.Refused>(events[^1]);
    }

    [Fact]
    public async Task Answer_cut_at_the_limit_keeps_its_last_words_and_says_so()
    {
        var chat = new FakeChat(new TextContent("It ends "), Cited("lasts three years"), new TextContent(". And then")) { Finish = ChatFinishReason.Length };
        var events = await EventsAsync(chat);
        Assert.Equal("It ends “lasts three years”. And then", Completed(events).Text);
        Assert.Equal(
            [Verdict.Pass, new Verdict(false, SentenceChecks.Cut)], events.OfType<AnswerEvent.SentenceChecked>().Select(sentence => sentence.Verdict));
    }

    [Fact]
    public async Task Reply_without_end_is_cut()
    {
        var events = await EventsAsync(new FakeChat([.. Enumerable.Repeat(new TextContent("It is so. "), 3000)]));
        Assert.InRange(Completed(events).Text.Length, 1, 12_000);
        Assert.Contains(SentenceChecks.Cut, events.OfType<AnswerEvent.SentenceChecked>().Last().Verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AnswerRelease.Streaming, "Bad “lasts three years”. Good “gives 90 days' notice”. Bad.")]
    [InlineData(AnswerRelease.AfterChecks, "Good “gives 90 days' notice”.")]
    public async Task Sentence_that_fails_a_check_is_marked_or_withheld(AnswerRelease release, string text)
    {
        var chat = new FakeChat(
            new TextContent("Bad "), Cited("lasts three years"), new TextContent(". Good "), Cited("gives 90 days' notice"), new TextContent(". Bad."));
        var events = await EventsAsync(chat, release: release, checks: new NotBad());
        var answer = Completed(events);
        Assert.Equal(text, answer.Text);
        Assert.All(answer.Citations.Index(), x => Assert.Contains(answer.Sentences, sentence => sentence.Citations.Contains(x.Index)));
        if (release == AnswerRelease.Streaming)
        {
            Assert.Equal("It is bad.", events.OfType<AnswerEvent.SentenceChecked>().First().Verdict.Reason);
        }
    }

    [Fact]
    public async Task Answer_of_which_nothing_passes_is_refused()
    {
        var events = await EventsAsync(new FakeChat(new TextContent("Bad. Bad.")), release: AnswerRelease.AfterChecks, checks: new NotBad());
        Assert.IsType<AnswerEvent.Refused>(events[^1]);
        Assert.Equal(Profile.RefusalText, Assert.Single(events.OfType<AnswerEvent.TextDelta>()).Text);
    }

    [Fact]
    public async Task Text_is_held_until_its_sentence_was_checked()
    {
        var chat = new FakeChat(new TextContent("One"), new TextContent(" is. "), new TextContent("Two"));
        var events = await EventsAsync(chat, release: AnswerRelease.AfterChecks);
        Assert.Equal(["One is.", " Two"], events.OfType<AnswerEvent.TextDelta>().Select(delta => delta.Text));
        Assert.Equal(["One", " is.", " Two"], (await EventsAsync(chat)).OfType<AnswerEvent.TextDelta>().Select(delta => delta.Text));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 4321)]
    public async Task Receipt_says_what_the_model_did(bool inProcess, long bytes)
    {
        var usage = new UsageDetails { InputTokenCount = 120, OutputTokenCount = 30, AdditionalCounts = new() { [ChatAnswer.BytesSent] = 4321 } };
        var chat = new FakeChat(new TextContent("It ends."), new UsageContent(usage)) { Info = new ChatModelInfo("m", "ad", 4096, inProcess) };
        var receipt = Completed(await EventsAsync(chat)).Receipt;
        Assert.Equal((AnswerMode.Model, "m", "ad", 120, 30), (receipt.Mode, receipt.Model, receipt.Adapter, receipt.TokensIn, receipt.TokensOut));
        Assert.Equal((1, 0, bytes), (receipt.Passages, receipt.Cut, receipt.BytesSent));
        Assert.Equal(30 / (receipt.TotalMs - receipt.FirstTokenMs) * 1000, receipt.TokensPerSecond!.Value, 3);
    }

    [Fact]
    public async Task Model_is_given_back_when_it_fails()
    {
        var chat = new FakeChat { BeforeReply = _ => throw new InvalidOperationException("gone") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => EventsAsync(chat));
        Assert.Equal(1, chat.GivenBack);
    }

    [Fact]
    public async Task Model_is_given_back_when_nobody_listens_any_more()
    {
        using var stop = new CancellationTokenSource();
        var chat = new FakeChat(new TextContent("It"), new TextContent(" ends.")) { BeforeReply = token => { stop.Cancel(); return Task.Delay(Timeout.Infinite, token); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Pipeline().AnswerAsync(chat.In(Workspace(new FakeStore(Passage))), new Question(Asked), stop.Token).ToListAsync(Token).AsTask());
        Assert.Equal(1, chat.GivenBack);
        var left = new FakeChat(new TextContent("It"), new TextContent(" ends."));
        await foreach (var step in Pipeline().AnswerAsync(left.In(Workspace(new FakeStore(Passage))), new Question(Asked), Token))
        {
            if (step is AnswerEvent.TextDelta)
            {
                break;
            }
        }

        Assert.Equal(1, left.GivenBack);
    }

    [Fact]
    public async Task Offenders_of_the_contract_are_caught()
    {
        var events = await EventsAsync(new FakeChat(new TextContent("It ends "), Cited("lasts three years"), new TextContent(". So.")));
        var (checkedOne, whole) = (events.OfType<AnswerEvent.SentenceChecked>().First(), Completed(events));
        List<AnswerEvent>[] offenders =
        [
            [.. events.SkipLast(1)],
            [.. events, events[^1]],
            [.. events.Where(step => step is not AnswerEvent.TextDelta { Text: "It ends" })],
            [.. events.Where(step => step != checkedOne)],
            [.. events.SkipLast(1), new AnswerEvent.Completed(whole with { Citations = [whole.Citations[0] with { Quote = "lasts four years" }] })],
        ];
        Assert.All(offenders, offender => Assert.ThrowsAny<Exception>(() => AnswerContract.Check(offender)));
    }

    private static TextContent Cited(string text) => Quote(text, 0, Law.IndexOf(text, StringComparison.Ordinal));

    private static AnswerPipeline Pipeline() => new(new Retriever(), TimeProvider.System);

    private static Answer Completed(List<AnswerEvent> events) => Assert.IsType<AnswerEvent.Completed>(events[^1]).Answer;

    private static Answer Last(List<AnswerEvent> events) => Assert.IsType<AnswerEvent.Refused>(events[^1]).Answer;

    private static async Task<List<AnswerEvent>> EventsAsync(
        FakeChat chat, string question = Asked, AnswerRelease release = AnswerRelease.Streaming, params IReadOnlyList<IAnswerCheck> checks)
    {
        var workspace = chat.In(Workspace(new FakeStore(Passage), Profile with { Release = release }, checks));
        var events = await Pipeline().AnswerAsync(workspace, new Question(question), Token).ToListAsync(Token);
        Assert.Equal(chat.Rented, chat.GivenBack);
        AnswerContract.Check(events);
        return events;
    }

    private sealed class NotBad : IAnswerCheck
    {
        public ValueTask<Verdict> CheckAsync(AnswerSentence sentence, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) =>
            new(sentence.Text.StartsWith("Bad", StringComparison.Ordinal) ? new Verdict(false, "It is bad.") : Verdict.Pass);
    }
}
