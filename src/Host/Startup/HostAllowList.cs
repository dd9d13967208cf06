using System.Collections.Frozen;
using Tessera.Host.Errors;

namespace Tessera.Host.Startup;

/// <summary>Requests name a host of ours, so that no foreign name that points here (DNS rebinding) gets anywhere.</summary>
internal sealed class HostAllowList(RequestDelegate next, TesseraOptions options)
{
    private readonly FrozenSet<string> allowed = ListenAddress.Parse(options.Urls)
        .Select(address => address.Host)
        .OfType<string>()
        .Concat(["localhost", "127.0.0.1", "::1"])
        .Concat(options.AllowedHosts)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Host.HasValue && allowed.Contains(context.Request.Host.Host.Trim('[', ']'))
            ? next(context)
            : Problems.WriteAsync(context, ErrorCode.InvalidHost, "Call the server by its own name, or have the administrator add this one to TESSERA_HOSTS.");
}
