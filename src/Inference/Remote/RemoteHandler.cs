using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Tessera.Inference.Remote;

/// <summary>
/// Sends a request until a reply begins: with retries, a circuit breaker and time limits. A reply has begun when its first byte is here,
/// and only then is it handed on; what fails later is not tried again, for somebody may have read it.
/// </summary>
internal sealed class RemoteHandler : DelegatingHandler
{
    /// <summary>Stands where the client library demands a key and there is none; never sent.</summary>
    public const string NoKey = "none";

    private readonly RemoteEndpoint _endpoint;
    private readonly RemoteFaults _faults;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<RemoteAttempt> _pipeline;
    private readonly CircuitBreakerStateProvider _circuit = new();

    public RemoteHandler(RemoteEndpoint endpoint, RemoteFaults faults, TimeProvider time, HttpMessageHandler inner)
        : base(inner)
    {
        (_endpoint, _faults, _time) = (endpoint, faults, time);
        var builder = new ResiliencePipelineBuilder<RemoteAttempt> { TimeProvider = time };
        if (endpoint.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<RemoteAttempt>
            {
                ShouldHandle = x => new(x.Outcome.Result is RemoteAttempt.Failed { MayPass: true } failed && !(failed.Fault.RetryAfter > endpoint.LongestWait)),
                MaxRetryAttempts = endpoint.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = endpoint.LongestWait,
                DelayGenerator = x => new((x.Outcome.Result as RemoteAttempt.Failed)?.Fault.RetryAfter),
            });
        }

        _pipeline = builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<RemoteAttempt>
        {
            ShouldHandle = x => new(x.Outcome.Result is RemoteAttempt.Failed { IsDown: true }),
            FailureRatio = 0.5,
            MinimumThroughput = endpoint.FailuresToBreak,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = endpoint.Break,
            StateProvider = _circuit,
        }).Build();
    }

    /// <summary>It failed so often that nothing is sent for a while.</summary>
    public bool IsDown => _circuit.CircuitState is CircuitState.Open or CircuitState.Isolated;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var whole = new CancellationTokenSource(_endpoint.Whole, _time);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, whole.Token);
            var attempt = await _pipeline.ExecuteAsync(token => AttemptAsync(request, body, token), either.Token).ConfigureAwait(false);
            if (attempt is RemoteAttempt.Failed failed)
            {
                throw failed.Fault;
            }

            var begun = (RemoteAttempt.Begun)attempt;
            if (RemoteCall.Current is { } call)
            {
                call.Replied = true;
            }

            var reply = new RemoteReplyStream(begun, _endpoint, _faults, whole, _time);
            whole = null;
            return Replace(begun.Response, reply);
        }
        catch (BrokenCircuitException e)
        {
            throw _faults.LeftAlone(e.RetryAfter);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && whole?.IsCancellationRequested == true)
        {
            throw _faults.SlowWhole();
        }
        finally
        {
            whole?.Dispose();
        }
    }

    private async ValueTask<RemoteAttempt> AttemptAsync(HttpRequestMessage request, byte[]? body, CancellationToken cancellationToken)
    {
        using var firstByte = new CancellationTokenSource(_endpoint.FirstByte, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, firstByte.Token);
        using var copy = Copy(request, body);
        HttpResponseMessage? response = null;
        RemoteAttempt? attempt = null;
        try
        {
            response = await base.SendAsync(copy, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return attempt = await RemoteRefusal.ReadAsync(response, _faults, _time, either.Token).ConfigureAwait(false);
            }

            var stream = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
            var first = new byte[4096];
            var read = await stream.ReadAsync(first, either.Token).ConfigureAwait(false);
            return attempt = new RemoteAttempt.Begun(response, stream, first.AsMemory(0, read));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && firstByte.IsCancellationRequested)
        {
            return new RemoteAttempt.Failed(_faults.SlowStart(), MayPass: false, IsDown: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A connection that was not made in time comes as a cancellation that nobody asked for.
            return new RemoteAttempt.Failed(_faults.NotReachable(e), MayPass: true, IsDown: true);
        }
        finally
        {
            if (attempt is not RemoteAttempt.Begun)
            {
                response?.Dispose();
            }
        }
    }

    private HttpRequestMessage Copy(HttpRequestMessage request, byte[]? body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var header in request.Headers.NonValidated)
        {
            // The library's own description of itself names the operating system.
            if (!header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        copy.Headers.UserAgent.Add(new ProductInfoHeaderValue("Tessera", null));
        if (_endpoint.ApiKey is not null)
        {
            copy.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _endpoint.ApiKey);
        }

        if (body is not null)
        {
            copy.Content = new CountedContent(body, RemoteCall.Current);
            foreach (var header in request.Content!.Headers.NonValidated)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return copy;
    }

    private static HttpResponseMessage Replace(HttpResponseMessage response, RemoteReplyStream reply)
    {
        var content = new StreamContent(reply);
        foreach (var header in response.Content.Headers.NonValidated)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        var replaced = new HttpResponseMessage(response.StatusCode) { Content = content, ReasonPhrase = response.ReasonPhrase, Version = response.Version };
        foreach (var header in response.Headers.NonValidated)
        {
            replaced.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return replaced;
    }
}
