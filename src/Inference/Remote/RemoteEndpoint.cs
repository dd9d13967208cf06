using System.Net;

namespace Tessera.Inference.Remote;

/// <summary>
/// A server that speaks OpenAI's protocol: vLLM, llama-server, Ollama, LM Studio, a hosted provider. Prompts leave this machine for it,
/// so it is only made where a tenant allowed that. Immutable.
/// </summary>
/// <param name="BaseUrl">Absolute, http or https, without user, query or fragment; what stands before <c>/chat/completions</c>, mostly ending in <c>/v1</c>.</param>
/// <param name="ApiKey">Sent as bearer token to this server only; null: none is sent. Never shown.</param>
/// <param name="ChatModel">The model that chats where none is named.</param>
/// <param name="EmbeddingModel">The model that embeds where none is named.</param>
public sealed record RemoteEndpoint(Uri BaseUrl, string? ApiKey = null, string? ChatModel = null, string? EmbeddingModel = null)
{
    /// <summary>Addresses that are never connected to, whatever name led there. Default: none is refused.</summary>
    public Func<IPAddress, bool> Refuses { get; init; } = _ => false;

    /// <summary>Until the connection stands. Default: 10 seconds.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From sending until the first byte of the reply's body; a long prompt takes its time. Default: 2 minutes.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest pause within a reply. Default: 1 minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The whole request with all its retries, until the last byte. Default: 15 minutes.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Further attempts after a failure that may pass. Default: 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The longest wait before a further attempt; a server that asks for more is not asked again. Default: 30 seconds.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts within a minute of which at least half failed, after which the server is left alone. At least 2; default: 8.</summary>
    public int FailuresToBreak { get; init; } = 8;

    /// <summary>How long it is left alone; then one request may try. At least half a second; default: 30 seconds.</summary>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The limit of a reply's tokens is sent as <c>max_completion_tokens</c>, which OpenAI's newest models demand and several servers read
    /// over. Default: false, <c>max_tokens</c>, which all others know.
    /// </summary>
    public bool WantsMaxCompletionTokens { get; init; }

    /// <summary>The largest reply in bytes. Default: 64 MiB.</summary>
    public long LargestReply { get; init; } = 64L << 20;

    /// <summary>Host and port: all that messages tell of the address.</summary>
    public string Host => BaseUrl.Authority;

    /// <summary>The host; never the key.</summary>
    public override string ToString() => $"{nameof(RemoteEndpoint)} {Host}";

    /// <summary>Checks what a person may have entered wrongly.</summary>
    /// <exception cref="ArgumentException">The message names the setting.</exception>
    internal void Validate()
    {
        if (!BaseUrl.IsAbsoluteUri || (BaseUrl.Scheme != Uri.UriSchemeHttp && BaseUrl.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The base URL of a model server begins with http:// or https://.");
        }

        if (BaseUrl.UserInfo.Length > 0 || BaseUrl.Query.Length > 0 || BaseUrl.Fragment.Length > 0)
        {
            throw new ArgumentException("The base URL of a model server has no user, query or fragment; the key is a setting of its own.");
        }

        if (ApiKey is not null && (ApiKey.Length == 0 || ApiKey.Any(x => x is <= ' ' or > '~')))
        {
            throw new ArgumentException("The API key of a model server is made of visible ASCII characters without blanks.");
        }

        foreach (var (name, time) in new[]
        {
            (nameof(Connect), Connect), (nameof(FirstByte), FirstByte), (nameof(Silence), Silence), (nameof(Whole), Whole), (nameof(LongestWait), LongestWait),
        })
        {
            if (time <= TimeSpan.Zero || time > TimeSpan.FromDays(1))
            {
                throw new ArgumentException($"{name} of a model server is more than nothing and at most a day.");
            }
        }

        if (Retries is < 0 or > 20 || FailuresToBreak < 2 || Break < TimeSpan.FromSeconds(0.5) || Break > TimeSpan.FromDays(1) || LargestReply < 1)
        {
            throw new ArgumentException("A model server has 0 to 20 retries, breaks after 2 failures or more for half a second or more, and may reply.");
        }
    }
}
