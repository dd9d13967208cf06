using Microsoft.Extensions.AI;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Inference.Llama.Loading;
using Tessera.Inference.Tools;
using Tessera.Sdk;

namespace Tessera.Inference.Llama.Chat;

/// <summary>Tokens of a reply → text, quotes and calls of tools. For one reply, at its reader.</summary>
/// <param name="model">Whose tokens they are.</param>
/// <param name="quotes">Finds the quotes; null: none are asked for.</param>
/// <param name="calls">Finds calls; null: no tools are offered.</param>
/// <param name="stops">Where the reply is to end.</param>
internal sealed class ReplyReader(LoadedChat model, QuoteReader? quotes, ToolCallParser? calls, IReadOnlyList<string> stops)
{
    private readonly Utf8Pieces text = new();
    private readonly StopWords stop = new(stops);

    /// <summary>A stop sequence was met: what would come now is not wanted.</summary>
    public bool IsOver => stop.IsMet;

    /// <summary>The reply calls a tool.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>What is certain to be shown after this token.</summary>
    public IEnumerable<AIContent> Add(int token)
    {
        // Marks of calls are control tokens of some models: they are read by their names then.
        var bytes = calls is null ? model.Vocabulary.Piece(token) : model.Vocabulary.Piece(token, controlNames: true);
        return quotes is null ? Text(text.Add(bytes)) : quotes.Add(bytes).SelectMany(Content);
    }

    /// <summary>What was held back.</summary>
    public IEnumerable<AIContent> Finish()
    {
        var rest = quotes is null ? Text(text.Finish()) : quotes.Finish().SelectMany(Content);
        foreach (var content in rest.Concat(Calls(stop.Finish())))
        {
            yield return content;
        }

        foreach (var content in calls?.Finish() ?? [])
        {
            HasCalls |= content is FunctionCallContent;
            yield return content;
        }
    }

    private IEnumerable<AIContent> Content(ReplyEvent piece)
    {
        if (piece is ReplyEvent.Plain plain)
        {
            return Text(plain.Value);
        }

        var quote = (ReplyEvent.Quote)piece;
        return stop.IsMet ? [] :
        [
            .. Calls(stop.Finish()),
            new TextContent(quote.Value) { Annotations = [new QuoteAnnotation(quote.Source, quote.Start, quote.End) { Snippet = quote.Value }] },
        ];
    }

    private IEnumerable<AIContent> Text(string piece) => Calls(stop.Add(piece));

    private IEnumerable<AIContent> Calls(string piece)
    {
        if (piece.Length == 0)
        {
            yield break;
        }

        if (calls is null)
        {
            yield return new TextContent(piece);
            yield break;
        }

        foreach (var content in calls.Feed(piece))
        {
            HasCalls |= content is FunctionCallContent;
            yield return content;
        }
    }
}
