using Microsoft.AspNetCore.HttpOverrides;

namespace Tessera.Host.Startup;

/// <summary>With <c>--behind-proxy</c> the operator vouches that every request comes through one proxy, wherever it stands.</summary>
internal static class ProxyHeaders
{
    public static ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = 1,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }
}
