using System.Net;
using System.Net.Http.Headers;

namespace Tessera.Inference.Hub;

/// <summary>
/// Gets pages and files of a hub. It follows redirects itself: to https or the hub's own scheme only, and the token stays with the
/// hub's host. Safe for concurrent use.
/// </summary>
internal sealed class HubClient : IDisposable
{
    private const int MostRedirects = 8;

    private readonly HubOptions _options;
    private readonly HubFaults _faults;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public HubClient(HubOptions options, HubFaults faults, TimeProvider time)
    {
        (_options, _faults, _time) = (options, faults, time);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = options.Silence,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>The address of a path below the hub's; the path is escaped already.</summary>
    public Uri At(string path) => new($"{_options.Address.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Whether an address is the hub's own.</summary>
    public bool IsHub(Uri address) => address.Scheme == _options.Address.Scheme && address.Authority == _options.Host;

    /// <param name="address">Where to begin.</param>
    /// <param name="range">Asked for, with its condition; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A success, or 416; its body has not been read.</returns>
    /// <exception cref="HubInterruption">A failure that may pass.</exception>
    /// <exception cref="ModelException">Any other.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, HubRange? range, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(address, range, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return response;
            }

            using (response)
            {
                var status = (int)response.StatusCode;
                if (status is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
                {
                    address = new Uri(address, location);
                    if (redirects == MostRedirects || !IsSafe(address))
                    {
                        throw _faults.BadRedirect();
                    }
                }
                else
                {
                    var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
                    throw status is 408 or 429 or >= 500
                        ? _faults.Failed(response.StatusCode, wait < TimeSpan.Zero ? TimeSpan.Zero : wait)
                        : _faults.Refused(response.StatusCode);
                }
            }
        }
    }

    /// <summary>The next bytes of a body; 0 at its end.</summary>
    /// <exception cref="HubInterruption">It broke off or fell silent.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_options.Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _faults.Silent();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _faults.BrokeOff(e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, HubRange? range, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Tessera", null));
        if (_options.Token is not null && IsHub(address))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.Token);
        }

        if (range is not null)
        {
            request.Headers.Range = new RangeHeaderValue(range.From, null);
            if (range.Tag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Range", range.Tag);
            }
        }

        using var silence = new CancellationTokenSource(_options.Silence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await _http.SendAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _faults.Silent();
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw _faults.NotReachable(e);
        }
    }

    private bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == _options.Address.Scheme;
}

/// <summary>The rest of a file.</summary>
/// <param name="From">Its first byte.</param>
/// <param name="Tag">The strong ETag that the file must still have; null where the hub gave none.</param>
internal sealed record HubRange(long From, string? Tag);
