using System.Net;

namespace Tessera.Host.Startup;

/// <summary>One address of <see cref="TesseraOptions.Urls"/>.</summary>
/// <param name="Url">As it was written.</param>
/// <param name="Host">Host name without brackets; null: any.</param>
/// <param name="IsHttps">TLS ends here.</param>
internal sealed record ListenAddress(string Url, string? Host, bool IsHttps)
{
    public bool IsLoopback => Host is not null
        && (string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address)));

    /// <exception cref="OptionsException">Not a list of http and https addresses.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(One).ToList();
        return addresses.Count > 0 ? addresses : throw new OptionsException("Name an address to listen on, as http://127.0.0.1:5080.");
    }

    private static ListenAddress One(string url)
    {
        BindingAddress binding;
        try
        {
            binding = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new OptionsException($"'{url}' is not an address to listen on. Write it as http://127.0.0.1:5080.");
        }

        if (binding.Scheme is not ("http" or "https") || binding.IsUnixPipe || binding.IsNamedPipe)
        {
            throw new OptionsException($"'{url}' is not an http or https address.");
        }

        var host = binding.Host.Trim('[', ']');
        var any = host is "*" or "+" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return new ListenAddress(url, any ? null : host, binding.Scheme == "https");
    }
}
