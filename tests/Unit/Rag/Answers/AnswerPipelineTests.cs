using CsCheck;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;
using static Tessera.Unit.Rag.Answers.FakeStore;

namespace Tessera.Unit.Rag.Answers;

public sealed class AnswerPipelineTests
{
    private const string Leaflet = "Storage\nKeep unused pens in the refrigerator. Do not freeze them. A pen in use is kept below 30 °C for 28 days.";

    private static readonly string[] Parts =
    [
        "insulin", "pen", "storage", "refrigerator", "the", "walk", "dose", "unit", "Mg.", "5.2", "is", "…", "\n", "\n\n", "- ", "when", ". ", "?", "; ",
    ];

    private static readonly Gen<string> Words =
        Gen.Int[0, Parts.Length - 1].Select(part => Parts[part])
            .Array[1, 120].Select(words => string.Join(" ", words));

    [Fact]
    public async Task Question_is_answered_by_the_sentence_that_says_it()
    {
        var answer = await AskAsync(Workspace(new FakeStore(Chunk(Leaflet, start: 100))), "Where are unused pens kept?");
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(("Keep unused pens in the refrigerator.", 108), (answer.Citations[0].Quote, answer.Citations[0].Start));
        Assert.Equal((AnswerMode.Extractive, 0, 0L), (answer.Receipt.Mode, answer.Receipt.Cut, answer.Receipt.BytesSent));
    }

    [Fact]
    public async Task Heading_lends_its_words_and_is_not_quoted()
    {
        var answer = await AskAsync(Workspace(new FakeStore(Chunk("Governing Law\nEnglish statutes apply."))), "What is the governing law?");
        Assert.Equal("English statutes apply.", answer.Text);
    }

    [Fact]
    public async Task Clauses_do_not_lend_words_to_each_other()
    {
        const string Clauses = "5.1 Term. It lasts three years.\n5.2 Interest. Late payment bears interest at four percent.\n5.3 Notices. They are written.";
        var answer = await AskAsync(Workspace(new FakeStore(Chunk(Clauses))), "What interest does late payment bear?");
        Assert.Equal("5.2 Interest. Late payment bears interest at four percent.", answer.Text);
    }

    [Fact]
    public async Task Best_passage_comes_first()
    {
        var store = new FakeStore(Chunk("The pen is blue and stays in a drawer."), Chunk("The insulin pen stays cool in a refrigerator."));
        var answer = await AskAsync(Workspace(store), "In which refrigerator stays the insulin pen?");
        Assert.StartsWith("The insulin pen", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neighbours_are_one_citation_of_several_sentences()
    {
        var answer = await AskAsync(
            Workspace(new FakeStore(Chunk("The insulin pen stays cool.\nThe insulin pen is never frozen. Nothing of the kind."))), "insulin pen");
        Assert.Equal("The insulin pen stays cool.\nThe insulin pen is never frozen.", Assert.Single(answer.Citations).Quote);
        Assert.Equal("The insulin pen stays cool. The insulin pen is never frozen.", answer.Text);
        Assert.Equal([[0], [0]], answer.Sentences.Select(sentence => sentence.Citations));
    }

    [Fact]
    public async Task Same_sentence_of_two_documents_is_quoted_once()
    {
        var answer = await AskAsync(Workspace(new FakeStore(Chunk("The pen stays cool."), Chunk("The pen stays cool."))), "Where does the pen stay?");
        Assert.Single(answer.Citations);
    }

    [Fact]
    public async Task Events_come_in_their_order_and_make_the_answer()
    {
        var events = await EventsAsync(Workspace(new FakeStore(Chunk(Leaflet), Chunk("Pens are blue."))), "Where are unused pens kept in use?");
        Assert.IsType<AnswerEvent.SourcesFound>(events[0]);
        var whole = Assert.IsType<AnswerEvent.Completed>(events[^1]).Answer;
        Assert.Equal(whole.Text, string.Concat(events.OfType<AnswerEvent.TextDelta>().Select(delta => delta.Text)));
        var sentences = events.OfType<AnswerEvent.SentenceChecked>().ToList();
        Assert.Equal(whole.Sentences, sentences.Select(x => x.Sentence));
        Assert.Equal(Enumerable.Range(0, sentences.Count), sentences.Select(x => x.Index));
        Assert.All(sentences, x => Assert.Equal(x.Sentence.Citations.Select(i => whole.Citations[i]), x.Citations));
    }

    [Theory]
    [InlineData("What is the capital of Mongolia?")]
    [InlineData("Which mortgage penalty applies to unused pens of the landlord?")]
    public async Task Weak_evidence_is_refused_in_words(string question)
    {
        var profile = Profile with { RefusalText = "Not in the documents." };
        var events = await EventsAsync(Workspace(new FakeStore(Chunk(Leaflet)), profile), question);
        var refused = Assert.IsType<AnswerEvent.Refused>(events[^1]).Answer;
        Assert.Equal((AnswerStatus.Refused, "Not in the documents."), (refused.Status, refused.Text));
        Assert.Empty(refused.Citations);
        Assert.Equal("Not in the documents.", Assert.Single(events.OfType<AnswerEvent.TextDelta>()).Text);
    }

    [Fact]
    public async Task Nothing_found_is_refused() =>
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(Workspace(new FakeStore()), "Where are unused pens kept?")).Status);

    [Fact]
    public async Task Domain_sets_how_much_evidence_it_wants()
    {
        var strict = Workspace(new FakeStore(Chunk(Leaflet)), Profile with { MinimumEvidence = 1 });
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(strict, "Where are unused insulin pens kept?")).Status);
        Assert.Equal(AnswerStatus.Answered, (await AskAsync(strict, "Where are unused pens?")).Status);
    }

    [Theory]
    [InlineData(AnswerRelease.Streaming)]
    [InlineData(AnswerRelease.AfterChecks)]
    public async Task Sentence_that_fails_a_check_is_not_shown(AnswerRelease release)
    {
        var check = new FakeCheck(text => !text.Contains("frozen", StringComparison.Ordinal));
        var store = new FakeStore(Chunk("The insulin pen is never frozen."), Chunk("The insulin pen stays cool."));
        var events = await EventsAsync(Workspace(store, Profile with { Release = release }, check), "insulin pen");
        Assert.DoesNotContain(events.OfType<AnswerEvent.TextDelta>(), delta => delta.Text.Contains("frozen", StringComparison.Ordinal));
        Assert.Equal("The insulin pen stays cool.", Assert.IsType<AnswerEvent.Completed>(events[^1]).Answer.Text);
    }

    [Fact]
    public async Task Answer_of_which_nothing_passes_is_refused()
    {
        var workspace = Workspace(new FakeStore(Chunk(Leaflet)), null, new FakeCheck(_ => true), new FakeCheck(_ => false));
        Assert.Equal(AnswerStatus.Refused, (await AskAsync(workspace, "Where are unused pens kept?")).Status);
    }

    [Fact]
    public async Task Cancelled_question_ends_without_an_answer()
    {
        using var stop = new CancellationTokenSource();
        var workspace = Workspace(new FakeStore(Chunk(Leaflet)) { OnWeigh = stop.Cancel });
        var steps = new List<AnswerEvent>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in Pipeline().AnswerAsync(workspace, new Question("Where are unused pens kept?"), stop.Token))
            {
                steps.Add(step);
            }
        });
        Assert.IsType<AnswerEvent.SourcesFound>(Assert.Single(steps));
    }

    [Fact]
    public Task Answers_keep_their_limits() => Words.Array[1, 6].Select(Words, Gen.Bool).SampleAsync(async (texts, question, isCode) =>
    {
        var document = new DocumentId(Guid.NewGuid());
        var whole = string.Join("", texts);
        var start = 0;
        var chunks = texts.Select(text => Chunk(text, "Insulin", document, (start += text.Length) - text.Length)).ToList();
        var profile = Profile with { Analysis = isCode ? TextAnalysis.Code : TextAnalysis.Prose };
        var answer = await AskAsync(Workspace(new FakeStore(chunks), profile), question);
        if (answer.Status == AnswerStatus.Refused)
        {
            return;
        }

        Assert.InRange(answer.Citations.Count, 1, 3);
        Assert.InRange(answer.Text.Length, 1, 700);
        Assert.InRange(answer.Citations.Sum(x => x.Quote.Length), 1, 700);
        Assert.All(answer.Citations, x => Assert.Equal(whole[x.Start..x.End], x.Quote));
        var ordered = answer.Citations.OrderBy(x => x.Start).ToList();
        Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.All(answer.Sentences, x => Assert.Equal(answer.Text[x.Start..x.End], x.Text));
        Assert.All(answer.Sentences.Zip(answer.Sentences.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.Equal(Enumerable.Range(0, answer.Citations.Count), answer.Sentences.Select(x => Assert.Single(x.Citations)).Distinct());
    });

    private static AnswerPipeline Pipeline() => new(new Retriever(), TimeProvider.System);

    private static Task<List<AnswerEvent>> EventsAsync(DomainWorkspace workspace, string question) =>
        Pipeline().AnswerAsync(workspace, new Question(question), TestContext.Current.CancellationToken).ToListAsync().AsTask();

    private static async Task<Answer> AskAsync(DomainWorkspace workspace, string question) => (await EventsAsync(workspace, question))[^1] switch
    {
        AnswerEvent.Completed completed => completed.Answer,
        AnswerEvent.Refused refused => refused.Answer,
        var other => throw new InvalidOperationException($"{other} is no end."),
    };

    private sealed class FakeCheck(Func<string, bool> passes) : IAnswerCheck
    {
        public ValueTask<Verdict> CheckAsync(AnswerSentence sentence, IReadOnlyList<Citation> citations, CancellationToken cancellationToken) =>
            new(passes(sentence.Text) ? Verdict.Pass : new Verdict(false, "It must not be said."));
    }
}
