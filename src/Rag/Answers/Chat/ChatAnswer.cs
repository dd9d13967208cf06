using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>Answers in a chat model's words, held to quotes of the passages.</summary>
internal static class ChatAnswer
{
    /// <summary>How a remote client counts what it sent, among a usage's additional counts.</summary>
    public const string BytesSent = "tessera.bytesSent";

    /// <summary>Text and sentences as the model writes them, then the end. The model is given back in every case.</summary>
    /// <param name="workspace">The tenant's domain, with a chat model.</param>
    /// <param name="question">The question.</param>
    /// <param name="passages">With evidence enough, best first.</param>
    /// <param name="times">Those of the answer.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    /// <exception cref="PromptTooLongException">The model cannot read the question with one passage.</exception>
    public static async IAsyncEnumerable<AnswerEvent> WriteAsync(
        DomainWorkspace workspace,
        Question question,
        IReadOnlyList<Passage> passages,
        AnswerTimes times,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var profile = workspace.Roles.Profile;
        using var rented = await workspace.Chat!(cancellationToken).ConfigureAwait(false);
        var model = rented.Client.GetService(typeof(ChatModelInfo)) as ChatModelInfo
            ?? throw new InvalidOperationException("A chat client of the platform says what stands behind it.");
        var prompt = ChatPrompt.Of(profile, question, passages, TokenMeter.Of(rented.Client), model);
        var reply = new Reply(rented.Client, prompt);
        var writer = new AnswerWriter(workspace.Roles);
        await foreach (var piece in reply.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            times.MarkFirst();
            foreach (var step in await writer.AddAsync(piece, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }

        foreach (var step in await writer.EndAsync(reply.IsCut, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var receipt = ReceiptOf(model, reply.Usage, times, passages.Count, passages.Count - prompt.Passages.Count);
        var end = writer.Sentences.Count == 0
            ? Refusal.Of(profile, receipt)
            : [new AnswerEvent.Completed(new Answer(AnswerStatus.Answered, writer.Text, writer.Sentences, writer.Citations, receipt))];
        foreach (var step in end)
        {
            yield return step;
        }
    }

    private static Receipt ReceiptOf(ChatModelInfo model, UsageDetails usage, AnswerTimes times, int passages, int cut)
    {
        var written = (int)Math.Min(usage.OutputTokenCount ?? 0, int.MaxValue);
        var (first, total) = (times.First, times.Total);
        var decoding = (total - first).TotalSeconds;
        return new Receipt(
            AnswerMode.Model,
            model.Name,
            model.AdapterSha256,
            (int)Math.Min(usage.InputTokenCount ?? 0, int.MaxValue),
            written,
            first.TotalMilliseconds,
            total.TotalMilliseconds,
            written > 0 && decoding > 0 ? written / decoding : null,
            passages,
            cut,
            model.InProcess ? 0 : usage.AdditionalCounts?.GetValueOrDefault(BytesSent) ?? 0);
    }
}
