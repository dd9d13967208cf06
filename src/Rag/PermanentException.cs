namespace Tessera.Rag;

/// <summary>A fault that will not pass: the work ends as failed.</summary>
/// <param name="code">Stable reason code in kebab case.</param>
/// <param name="message">Reason that a person understands.</param>
/// <param name="inner">What caused it.</param>
public sealed class PermanentException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable reason code in kebab case.</summary>
    public string Code { get; } = code;
}
