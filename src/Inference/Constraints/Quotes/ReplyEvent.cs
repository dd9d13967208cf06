namespace Tessera.Inference.Constraints.Quotes;

/// <summary>A piece of a reply. Closed.</summary>
internal abstract record ReplyEvent
{
    private ReplyEvent()
    {
    }

    /// <summary>Text of the model's own.</summary>
    internal sealed record Plain(string Value) : ReplyEvent;

    /// <summary>A quote: the source's own characters at <c>[Start, End)</c>.</summary>
    internal sealed record Quote(int Source, int Start, int End, string Value) : ReplyEvent;
}
