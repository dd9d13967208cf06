using System.ClientModel;
using System.Globalization;
using System.Net;

namespace Tessera.Inference.Remote;

/// <summary>What went wrong with a server, in sentences for a person. They hold the host, never the key, a prompt, or a server's own words.</summary>
internal sealed class RemoteFaults(RemoteEndpoint endpoint)
{
    public ModelException NotReachable(Exception inner)
        => Fault("cannot be reached: see whether it runs and whether its address is right.", inner);

    public ModelException BrokeOff(Exception? inner = null)
        => Fault("broke off in the middle of its reply: ask again.", inner);

    public ModelException SlowStart()
        => Fault($"did not begin to reply within {Show(endpoint.FirstByte)}: it may be busy, or still loading the model; ask again later.");

    public ModelException Silent()
        => Fault($"fell silent for {Show(endpoint.Silence)} in the middle of its reply: ask again.");

    public ModelException SlowWhole()
        => Fault($"did not end its reply within {Show(endpoint.Whole)}: ask for a shorter reply, or allow more time.");

    public ModelException TooLarge()
        => Fault($"sent a reply of more than {endpoint.LargestReply.ToString(CultureInfo.InvariantCulture)} bytes: ask for a shorter one.");

    public ModelException NotUnderstood()
        => Fault("sent a reply that is not understood: see whether it speaks OpenAI's protocol at this address.");

    public ModelException Vectors(string what)
        => Fault($"sent {what}: see whether the model is one for embeddings.");

    public ModelException LeftAlone(TimeSpan? rest)
        => Fault("failed several times in a row and is left alone for a while: ask again later.", null, rest ?? endpoint.Break);

    public ModelException Redirects(Uri? target)
    {
        var where = target is { IsAbsoluteUri: true } && target.Authority != endpoint.Host ? $" (at {target.Authority})" : "";
        return Fault($"sends requests on to another address{where}: enter that address as its base URL if you trust it.");
    }

    /// <param name="status">Not a success.</param>
    /// <param name="code">The server's own name for it, if it is one plain word.</param>
    /// <param name="retryAfter">When it wants to be asked again.</param>
    public ModelException Refused(HttpStatusCode status, string? code, TimeSpan? retryAfter)
    {
        if (code is "context_length_exceeded" or "exceed_context_size_error")
        {
            return new ModelException(ModelFault.PromptTooLong, $"The model server at {endpoint.Host} says that the prompt does not fit its context: shorten it, or take fewer passages.");
        }

        var number = $"{((int)status).ToString(CultureInfo.InvariantCulture)}{(code is null ? "" : $", {code}")}";
        var what = (int)status switch
        {
            401 or 403 => $"wants a valid API key ({number}): enter one.",
            404 => $"does not know the model or the address ({number}): check the model's name and the base URL.",
            408 or 504 => $"took too long ({number}): ask again later.",
            413 => $"says that the request is too large ({number}): take fewer passages.",
            429 => $"has too many requests ({number}): ask again later.",
            >= 500 => $"failed ({number}): ask again later, or look into its log.",
            _ => $"does not accept the request ({number}): see whether the model can do what was asked.",
        };
        return Fault(what, null, retryAfter);
    }

    /// <summary>What a failure in the client library means; null where it is to be passed on as it is.</summary>
    public ModelException? Translate(Exception failure, RemoteCall call, CancellationToken cancellationToken)
    {
        if (failure is ModelException || (failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return null;
        }

        if (failure is OperationCanceledException)
        {
            // Nobody asked for it: the connections were closed under the call.
            return BrokeOff();
        }

        for (var inner = failure.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is ModelException known)
            {
                return known;
            }
        }

        // The library's own messages are left out: they repeat what the server wrote, and that may be the prompt.
        return call.Replied || failure is ClientResultException ? NotUnderstood() : null;
    }

    private ModelException Fault(string what, Exception? inner = null, TimeSpan? retryAfter = null)
        => new(ModelFault.Remote, $"The model server at {endpoint.Host} {what}", inner) { RetryAfter = retryAfter };

    private static string Show(TimeSpan time) => $"{time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s";
}
