using Microsoft.Extensions.AI;
using Tessera.Sdk;

namespace Tessera.Inference.Remote.Quotes;

/// <summary>Turns the contents of one message into contents whose quotes stand alone and are annotated. Not safe for concurrent use.</summary>
internal sealed class QuotedReply(QuoteSearch search, QuoteLock bounds)
{
    private readonly QuoteParser _parser = new(bounds.LongestQuote);

    /// <summary>The contents with their texts parted; what is no text passes at once.</summary>
    public List<AIContent> Take(IEnumerable<AIContent> contents)
    {
        var taken = new List<AIContent>();
        foreach (var content in contents)
        {
            if (content is TextContent text)
            {
                taken.AddRange(_parser.Take(text.Text).SelectMany(Annotate));
            }
            else
            {
                taken.Add(content);
            }
        }

        return taken;
    }

    /// <summary>What was held back when the message ended.</summary>
    public List<AIContent> End() => [.. _parser.End().SelectMany(Annotate)];

    private IEnumerable<AIContent> Annotate(QuotePart part)
    {
        if (!part.IsQuote || string.IsNullOrWhiteSpace(part.Text))
        {
            yield return new TextContent(part.Text);
        }
        else if (search.Find(part.Text) is { } span)
        {
            // Blanks that the model put inside of its marks still part the quote from the words around it.
            var before = part.Text.Length - part.Text.AsSpan().TrimStart().Length;
            if (before > 0)
            {
                yield return new TextContent(part.Text[..before]);
            }

            yield return new TextContent(bounds.Sources[span.Source][span.Start..span.End])
            {
                Annotations = [new QuoteAnnotation(span.Source, span.Start, span.End)],
            };
            var after = part.Text.AsSpan().TrimEnd().Length;
            if (after < part.Text.Length)
            {
                yield return new TextContent(part.Text[after..]);
            }
        }
        else
        {
            yield return new TextContent(part.Text) { Annotations = [new UnfoundQuoteAnnotation()] };
        }
    }
}
