using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Rag.Answers.Chat;

/// <summary>A model's reply as it comes: its quotes proven against the passages of the prompt, its usage added up. Read once.</summary>
internal sealed class Reply(IChatClient client, ChatPrompt prompt)
{
    // A server that does not keep to the length it was given is not read to its end. UTF-16 code units.
    private const int Longest = 12_000;

    /// <summary>Whether a limit of length ended it; known once it was read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What the client said of tokens and bytes.</summary>
    public UsageDetails Usage { get; } = new();

    public async IAsyncEnumerable<ReplyPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var length = 0;
        await foreach (var update in client.GetStreamingResponseAsync(prompt.Messages, prompt.Options, cancellationToken).ConfigureAwait(false))
        {
            IsCut |= update.FinishReason == ChatFinishReason.Length;
            foreach (var content in update.Contents)
            {
                if (content is UsageContent usage)
                {
                    Usage.Add(usage.Details);
                }
                else if (content is TextContent { Text.Length: > 0 } text)
                {
                    length += text.Text.Length;
                    if (length > Longest)
                    {
                        IsCut = true;
                        yield break;
                    }

                    yield return PieceOf(text);
                }
            }
        }
    }

    private ReplyPiece PieceOf(TextContent content)
    {
        var text = content.Text;
        return content.Annotations?.FirstOrDefault(one => one is QuoteAnnotation or UnfoundQuoteAnnotation) switch
        {
            _ when string.IsNullOrWhiteSpace(text) => new ReplyPiece.Words(text),
            null => new ReplyPiece.Words(QuoteMarks.ToPlain(text)),
            QuoteAnnotation quote when SourceOf(text, quote) is { } source => new ReplyPiece.Quote(text, source),
            _ => new ReplyPiece.Unfound(QuoteMarks.ToPlain(text)),
        };
    }

    // The engine holds quotes to their sources; what it says is not taken on trust all the same.
    private Citation? SourceOf(string text, QuoteAnnotation quote)
    {
        if (quote.Source < 0 || quote.Source >= prompt.Sources.Count)
        {
            return null;
        }

        var chunk = prompt.Sources[quote.Source];
        return quote.Start >= 0 && quote.End <= chunk.Text.Length && quote.End - quote.Start == text.Length
            && chunk.Text.AsSpan(quote.Start, text.Length).SequenceEqual(text)
            ? new Citation(chunk.Document, chunk.Page, chunk.Path, chunk.Start + quote.Start, chunk.Start + quote.End, text)
            : null;
    }
}
