using System.Runtime.CompilerServices;
using CsCheck;
using Microsoft.Extensions.AI;
using Tessera.Inference.Remote;
using Tessera.Sdk;

namespace Tessera.Unit.Inference.Remote;

/// <summary>Quotes of a model that cannot be held to its sources.</summary>
public sealed class QuoteSearchingTests
{
    private static readonly string[] Pieces =
        ["the ", "notice period", "\n", "<q>", "</q>", "<q>", "</q>", "exam-\nple ", "<", "q>", "/", " ", "“Ünï”", "😀", "non-\ncompete ", "  ", "a—b ", "| 12-\n15 | "];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 30].Select(string.Concat);

    [Theory]
    [InlineData("notice period of three", "The notice\n  period of three months.", "notice\n  period of three")]
    [InlineData("an example of it", "Here is an exam-\nple of it.", "an exam-\nple of it")]
    [InlineData("an exam-ple of it", "Here is an exam-\r\n  ple of it.", "an exam-\r\n  ple of it")]
    [InlineData("an exam- ple of it", "Here is an exam-\nple of it.", "an exam-\nple of it")]
    [InlineData("the non-compete in example", "the non-\ncompete in exam-\nple", "the non-\ncompete in exam-\nple")]
    [InlineData("years 1990-1995 are over", "The years 1990-\n1995 are over", "years 1990-\n1995 are over")]
    [InlineData("pre- and post-war years", "the pre- and post-war years", "pre- and post-war years")]
    [InlineData("the \"buyer's\" share - now", "the “buyer’s” share – now", "the “buyer’s” share – now")]
    [InlineData("the co\u00ADoperation of all", "the cooperation of all", "the cooperation of all")]
    [InlineData("THE NOTICE PERIOD", "the Notice Period", "the Notice Period")]
    [InlineData("the word here", "The Word Here, the word here", "the word here")]
    [InlineData(" the word here \n", "the word here", "the word here")]
    [InlineData("co-op", "the co-op runs", "co-op")]
    [InlineData("period", "periodic period.", "period")]
    public async Task Quote_is_found_and_comes_as_the_source_has_it(string quote, string source, string found)
    {
        var contents = await ReplyAsync($"See <q>{quote}</q>.", source);
        var text = Assert.Single(contents, x => x.Annotations is not null);
        Assert.Equal(found, text.Text);
        Assert.IsType<QuoteAnnotation>(Assert.Single(text.Annotations!));
        Assert.Equal("See ", contents[0].Text);
    }

    [Theory]
    [InlineData("notice period of four", "The notice period of three months.")]
    [InlineData("a coop of ours", "a co-op of ours")]
    [InlineData("years 19901995 are over", "years 1990-\n1995 are over")]
    [InlineData("period", "periodic")]
    [InlineData("Period", "the period")]
    [InlineData("one two three", "one two")]
    public async Task Quote_that_is_nowhere_is_marked_and_plain(string quote, string source)
    {
        var contents = await ReplyAsync($"See <q>{quote}</q>.", source);
        var text = Assert.Single(contents, x => x.Annotations is not null);
        Assert.IsType<UnfoundQuoteAnnotation>(Assert.Single(text.Annotations!));
        Assert.Equal($"See {quote}.", string.Concat(contents.Select(x => x.Text)));
    }

    [Theory]
    [InlineData("a <q>one two three", "a one two three", 1)]
    [InlineData("a <q>one two three<q>two three four</q> b", "a one two threetwo three four b", 2)]
    [InlineData("a </q> b <q></q> c < d <qq> e <q", "a  b  c < d <qq> e <q", 0)]
    public async Task Marks_that_do_not_pair_leave_no_trace(string reply, string text, int quotes)
    {
        var contents = await ReplyAsync(reply, "one two three four");
        Assert.Equal(text, string.Concat(contents.Select(x => x.Text)));
        Assert.Equal(quotes, contents.Count(x => x.Annotations?[0] is QuoteAnnotation));
    }

    [Fact]
    public async Task Quote_that_will_not_end_is_ended_at_the_end_of_a_word()
    {
        var source = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"));
        var contents = await ReplyAsync($"<q>{source}", source);
        Assert.InRange(contents[0].Text.Length, 400, 410);
        Assert.IsType<QuoteAnnotation>(contents[0].Annotations![0]);
        Assert.Equal(source, string.Concat(contents.Select(x => x.Text)));
        Assert.All(contents.Skip(1), x => Assert.Null(x.Annotations));
    }

    [Fact]
    public Task Every_quote_equals_its_source_however_the_reply_is_cut()
        => (from sources in Texts.Array[1, 3]
            from reply in Texts
            from inner in Gen.Int[0, 1000]
            from cut in Gen.Int[1, 7]
            select (sources, reply, inner, cut)).SampleAsync(
            async x =>
            {
                var source = x.sources[x.inner % x.sources.Length];
                var start = x.inner % (source.Length + 1);
                var reply = $"{x.reply}</q><q>{source[start..]}</q>{x.reply}";
                var whole = await ReplyAsync(reply, x.sources);
                var pieces = await StreamAsync(reply, x.cut, x.sources);
                Assert.Equal(Show(whole), Show(pieces));
                foreach (var text in whole.Concat(pieces))
                {
                    if (text.Annotations?.OfType<QuoteAnnotation>().SingleOrDefault() is { } quote)
                    {
                        Assert.Equal(x.sources[quote.Source][quote.Start..quote.End], text.Text);
                    }
                }
            },
            iter: 2000, threads: 1);

    [Fact]
    public Task Every_slice_of_a_source_between_blanks_is_found()
        => (from words in Gen.OneOf("notice", "Period", "exam-\nple", "“so”", "12-\n15", "a—b", "😀", "co-op", "-", "pre-").Array[3, 30]
            from blanks in Gen.OneOf(" ", "\n", " \n ", "\u00A0").Array[30]
            from first in Gen.Int[0, 26]
            select (words, blanks, first)).SampleAsync(
            async x =>
            {
                var source = string.Concat(x.words.Zip(x.blanks, (w, b) => w + b));
                var quote = string.Join(' ', x.words.Skip(Math.Min(x.first, x.words.Length - 3)));
                var text = Assert.Single(await ReplyAsync($"<q>{quote}</q>", new QuoteLock([source]) { LongestQuote = 1000 }));
                Assert.IsType<QuoteAnnotation>(text.Annotations![0]);
            },
            iter: 2000, threads: 1);

    [Fact]
    public async Task Bad_texts_take_linear_time()
    {
        // Quadratic searching would look at more than 10^11 characters here, and the runner would give up.
        var source = string.Concat(Enumerable.Repeat("a-\n", 200_000));
        var quotes = string.Concat(Enumerable.Repeat($"<q>{new string('a', 700)}b</q>", 20)) + new string('<', 200_000);
        var contents = await ReplyAsync(quotes, new QuoteLock([source]) { LongestQuote = 800 });
        Assert.Equal(20, contents.Count(x => x.Annotations?[0] is UnfoundQuoteAnnotation));
    }

    [Fact]
    public async Task Text_comes_before_the_word_that_it_is_finished_and_other_contents_pass()
    {
        var call = new FunctionCallContent("1", "look");
        var chat = new FakeChat([new(ChatRole.Assistant, "a <q>one two"), new(ChatRole.Assistant, [call]), new(ChatRole.Assistant, " three") { FinishReason = ChatFinishReason.Stop }]);
        var updates = await new QuoteSearchingChatClient(chat).GetStreamingResponseAsync("x", Options(new(["one two three"])), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Same(call, Assert.Single(updates[1].Contents));
        Assert.Equal("one two three", updates[2].Text);
        Assert.Equal(3, updates.Count);
        Assert.Null(chat.LastOptions!.AdditionalProperties!.GetValueOrDefault(QuoteLock.Key));

        // What is put together again keeps quotes apart.
        Assert.Single(updates.ToChatResponse().Messages.SelectMany(x => x.Contents).OfType<TextContent>(), x => x.Annotations?[0] is QuoteAnnotation && x.Text == "one two three");
    }

    [Fact]
    public async Task Without_a_lock_nothing_is_changed()
    {
        var chat = new FakeChat([new(ChatRole.Assistant, "a <q>b</q>")]);
        var response = await new QuoteSearchingChatClient(chat).GetResponseAsync("x", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("a <q>b</q>", response.Text);
    }

    private static ChatOptions Options(QuoteLock bounds) => new() { AdditionalProperties = new() { [QuoteLock.Key] = bounds } };

    private static Task<List<TextContent>> ReplyAsync(string reply, params string[] sources) => ReplyAsync(reply, new QuoteLock(sources));

    private static async Task<List<TextContent>> ReplyAsync(string reply, QuoteLock bounds)
    {
        var response = await new QuoteSearchingChatClient(new FakeChat([new(ChatRole.Assistant, reply)])).GetResponseAsync("x", Options(bounds));
        return [.. response.Messages.SelectMany(x => x.Contents).Cast<TextContent>()];
    }

    private static async Task<List<TextContent>> StreamAsync(string reply, int cut, string[] sources)
    {
        var updates = reply.Chunk(cut).Select(x => new ChatResponseUpdate(ChatRole.Assistant, new string(x)));
        var taken = await new QuoteSearchingChatClient(new FakeChat([.. updates])).GetStreamingResponseAsync("x", Options(new QuoteLock(sources))).ToListAsync();
        return [.. taken.SelectMany(x => x.Contents).Cast<TextContent>()];
    }

    // Plain texts may be cut anywhere; quotes stand alone.
    private static string Show(IEnumerable<TextContent> contents)
        => string.Concat(contents.Select(x => x.Annotations is null ? x.Text : $"[{x.Annotations[0].GetType().Name}:{x.Text}]"));

    private sealed class FakeChat(ChatResponseUpdate[] updates) : IChatClient
    {
        public ChatOptions? LastOptions { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(updates.ToChatResponse());

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            LastOptions = options;
            foreach (var update in updates)
            {
                await Task.Yield();
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
