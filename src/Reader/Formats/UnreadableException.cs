namespace Tessera.Reader.Formats;

/// <summary>The file holds nothing that can be read, for a reason that a person should be told.</summary>
/// <param name="code">One of the codes of <c>ReadOutcome.Failed</c>.</param>
/// <param name="reason">What is wrong and the way out.</param>
internal sealed class UnreadableException(string code, string reason) : Exception(reason)
{
    public string Code { get; } = code;
}
