using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tessera.Host.Answers;
using Tessera.Host.Errors;
using Tessera.Rag;
using Tessera.Rag.Answers.Chat;

namespace Tessera.Integration.Answers;

public sealed class AnswerStreamTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly MemoryStream body = new();
    private readonly DefaultHttpContext context;

    public AnswerStreamTests()
    {
        var services = new ServiceCollection().AddLogging().AddErrors().AddSingleton<TimeProvider>(time).BuildServiceProvider();
        context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Sent => System.Text.Encoding.UTF8.GetString(body.ToArray());

    [Fact]
    public async Task Silence_is_broken_by_a_comment_each_15_seconds()
    {
        var told = new TaskCompletionSource();
        var sending = new AnswerStream(Steps()).ExecuteAsync(context);
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("", Sent);
        await AdvanceAsync(TimeSpan.FromSeconds(1), ":\n\n");
        await AdvanceAsync(TimeSpan.FromSeconds(15), ":\n\n:\n\n");
        told.SetResult();
        await sending;
        Assert.Equal(["delta", "completed"], ServerEvents.Read(Sent).Select(one => one.Name));

        async IAsyncEnumerable<AnswerStep> Steps()
        {
            await told.Task;
            yield return new AnswerStep.Delta("a");
            yield return Done;
        }

        async Task AdvanceAsync(TimeSpan span, string expected)
        {
            time.Advance(span);
            while (Sent.Length < expected.Length)
            {
                await Task.Delay(1, Token);
            }

            Assert.Equal(expected, Sent);
        }
    }

    [Fact]
    public async Task Line_breaks_in_text_stay_inside_their_event()
    {
        await new AnswerStream(new AnswerStep[] { new AnswerStep.Delta("a\n\nevent: completed\r\ndata: {}\u2028"), Done }.ToAsyncEnumerable())
            .ExecuteAsync(context);
        var events = ServerEvents.Read(Sent);
        Assert.Equal("a\n\nevent: completed\r\ndata: {}\u2028", events[0].Data.Text("text"));
        Assert.Equal(2, events.Count);
    }

    [Fact]
    public async Task Fault_in_the_middle_ends_the_stream_as_a_problem()
    {
        await new AnswerStream(Broken(new TransientException("the store is away"))).ExecuteAsync(context);
        var events = ServerEvents.Read(Sent);
        Assert.Equal(["delta", "error"], events.Select(one => one.Name));
        Assert.Equal(ErrorCode.Unavailable.Code, events[1].Data.Text("code"));
        Assert.Equal(503, events[1].Data.GetProperty("status").GetInt32());
        Assert.NotEmpty(events[1].Data.Text("traceId"));
        Assert.DoesNotContain("the store is away", Sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_that_the_model_cannot_hold_is_told_so()
    {
        await new AnswerStream(Broken(new PromptTooLongException("small", 130, 96))).ExecuteAsync(context);
        var problem = ServerEvents.Read(Sent)[1].Data;
        Assert.Equal(("prompt-too-long", 400), (problem.Text("code"), problem.GetProperty("status").GetInt32()));
        Assert.Contains("'small' has 96 left", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_without_an_end_become_an_error()
    {
        await new AnswerStream(new AnswerStep[] { new AnswerStep.Delta("a") }.ToAsyncEnumerable()).ExecuteAsync(context);
        Assert.Equal(["delta", "error"], ServerEvents.Read(Sent).Select(one => one.Name));
    }

    [Fact]
    public async Task Caller_who_leaves_stops_the_work()
    {
        using var leaving = new CancellationTokenSource();
        context.RequestAborted = leaving.Token;
        var stopped = new TaskCompletionSource();
        var sending = new AnswerStream(Endless(stopped, Token)).ExecuteAsync(context);
        await leaving.CancelAsync();
        await sending.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [Fact]
    public async Task Connection_that_breaks_stops_the_work()
    {
        var stopped = new TaskCompletionSource();
        var sending = new AnswerStream(Endless(stopped, Token)).ExecuteAsync(context);
        body.Close();
        time.Advance(AnswerStream.Beat);
        await Assert.ThrowsAnyAsync<Exception>(() => sending.WaitAsync(TimeSpan.FromSeconds(60), Token));
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    public void Dispose() => body.Dispose();

    private static AnswerStep.Completed Done { get; } = new(
        new AnswerView("answered", "a", [], [], new ReceiptView("extractive", null, null, 0, 0, 0, 0, null, 0, 0, 0)));

    private static async IAsyncEnumerable<AnswerStep> Broken(Exception fault)
    {
        yield return new AnswerStep.Delta("a");
        await Task.Yield();
        throw fault;
    }

    private static async IAsyncEnumerable<AnswerStep> Endless(
        TaskCompletionSource stopped, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            stopped.SetResult();
        }

        yield return Done;
    }
}
