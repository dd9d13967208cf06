using System.Net;
using System.Net.Sockets;

namespace Tessera.Host.Models;

/// <summary>
/// Which addresses a tenant may name as a server. Servers on this machine and in its network are what this is for; what is refused are
/// the addresses under which clouds hand out their machines' credentials.
/// </summary>
internal static class RemoteAddress
{
    public const int Longest = 500;

    // Clouds' metadata services that do not lie in the link-local range.
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("fd00:ec2::254")];

    private static readonly string[] MetadataNames = ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"];

    /// <summary>What is wrong with an address; null: nothing.</summary>
    public static string? Problem(string url)
    {
        if (url.Length > Longest || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            return "The base URL is an http or https address, as http://127.0.0.1:8000/v1.";
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return "The base URL holds no user name, no '?' and no '#'. Put the key into apiKey.";
        }

        var host = address.IdnHost.Trim('[', ']').TrimEnd('.');
        return MetadataNames.Contains(host, StringComparer.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IsRefused(ip))
            ? "Link-local addresses and the metadata services of clouds are not taken as model servers."
            : null;
    }

    /// <summary>Whether an address is never connected to, whatever name led there.</summary>
    public static bool IsRefused(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var isLinkLocal = address.AddressFamily == AddressFamily.InterNetwork
            ? address.GetAddressBytes() is [169, 254, ..]
            : address.IsIPv6LinkLocal;
        return isLinkLocal || Metadata.Contains(address);
    }
}
