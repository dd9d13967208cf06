using Scalar.AspNetCore;
using Tessera.Host.Errors;

namespace Tessera.Host.Startup;

/// <summary>What browsers may do with our pages: load from here only, talk to here only, be framed by nobody.</summary>
internal static class SecurityHeaders
{
    private const string Page =
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; ";

    /// <summary>A document that was uploaded is data, even where a browser opens its bytes.</summary>
    private const string Data = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ApiPath.Is(context.Request) ? Data : PagePolicy(context);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (ApiPath.Is(context.Request) && headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    // Browsers differ in whether 'self' takes in the portal's web socket, so it is named; the host passed the allow-list.
    private static string PagePolicy(HttpContext context)
    {
        var request = context.Request;
        var socket = $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}";
        var nonce = context.Items[ScalarOptions.NonceHttpContextItemKey] is string made ? $" 'nonce-{made}'" : "";
        return $"{Page}script-src 'self'{nonce}; connect-src 'self' {socket}";
    }
}
