namespace Tessera.Inference;

/// <summary>What a reply says of how it came about, beside its text.</summary>
public static class ReplyWarning
{
    /// <summary>The name under which the last update of a reply carries a sentence for the person who asked.</summary>
    public const string Key = "tessera.warning";
}
