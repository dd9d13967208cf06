namespace Tessera.Inference.Hub;

/// <summary>Where models are pulled from. There is no default: the operator names the hub (<c>TESSERA_HUB</c>). Immutable.</summary>
/// <param name="Address">Absolute, http or https; a path in front is kept. It answers like Hugging Face's.</param>
/// <param name="Token">Sent as bearer token to this host only (<c>TESSERA_HUB_TOKEN</c>); null: none is sent. Never shown.</param>
public sealed record HubOptions(Uri Address, string? Token = null)
{
    /// <summary>The longest wait for a connection, for a reply to begin, and for its next bytes. Default: 1 minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Further attempts that bring nothing; one that brings bytes starts the count anew. Default: 5.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The wait before the first further attempt; it doubles up to a minute. Default: 1 second.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Host and port: all that messages tell of the address.</summary>
    public string Host => Address.Authority;

    /// <summary>The host; never the token.</summary>
    public override string ToString() => $"{nameof(HubOptions)} {Host}";

    /// <summary>Checks what a person may have entered wrongly.</summary>
    /// <exception cref="ArgumentException">The message names the setting.</exception>
    internal void Validate()
    {
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttp && Address.Scheme != Uri.UriSchemeHttps)
            || Address.UserInfo.Length > 0 || Address.Query.Length > 0 || Address.Fragment.Length > 0)
        {
            throw new ArgumentException("The hub's address begins with http:// or https:// and has no user, query or fragment.");
        }

        if (Token is not null && (Token.Length == 0 || Token.Any(x => x is <= ' ' or > '~')))
        {
            throw new ArgumentException("The hub's token is made of visible ASCII characters without blanks.");
        }

        if (Silence <= TimeSpan.Zero || Silence > TimeSpan.FromDays(1) || FirstWait <= TimeSpan.Zero || FirstWait > TimeSpan.FromMinutes(1) || Retries is < 0 or > 100)
        {
            throw new ArgumentException("The hub has 0 to 100 retries and waits of more than nothing.");
        }
    }
}
