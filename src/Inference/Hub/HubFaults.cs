using System.Globalization;
using System.Net;

namespace Tessera.Inference.Hub;

/// <summary>What went wrong with the hub, in sentences for a person. They hold the host and names of files, never the token.</summary>
internal sealed class HubFaults(HubOptions options)
{
    public HubInterruption NotReachable(Exception inner) => new(Fault("cannot be reached: check its address (TESSERA_HUB) and the network.", inner));

    public HubInterruption BrokeOff(Exception? inner = null) => new(Fault("broke off: pull again, what came so far is kept.", inner));

    public HubInterruption Silent() => new(Fault("does not answer: pull again later, what came so far is kept."));

    public HubInterruption Failed(HttpStatusCode status, TimeSpan? retryAfter)
        => new(Fault($"failed ({Show((int)status)}): pull again later, what came so far is kept.", null, retryAfter));

    public ModelException Refused(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => Fault($"does not let you in ({Show((int)status)}): accept the model's licence there and set TESSERA_HUB_TOKEN."),
        404 => Fault("has no such repository or file: check how it is written."),
        _ => Fault($"does not accept the request ({Show((int)status)}): check its address (TESSERA_HUB)."),
    };

    public ModelException BadRedirect() => Fault("sends on to an address that is not safe, or to too many: check its address (TESSERA_HUB).");

    public ModelException NotUnderstood() => Fault("sent a list of files that is not understood: check its address (TESSERA_HUB).");

    public static ModelException Changed(HubFile file) => Bad($"The file {file.Path} on the hub is no longer the one that it lists: pull it again.");

    public static ModelException WrongHash(HubFile file) => Bad($"The file {file.Path} did not come as the hub's SHA-256 says and was deleted: pull it again.");

    public static ModelException Split(string path)
        => Bad($"The file {path} is one part of a model that was split, which is not run: take a file in one piece, or join the parts and add the whole.");

    public static ModelException NotGguf(string path) => Bad($"The file {path} is no GGUF file, the only kind that is run: take one that ends in .gguf.");

    public static ModelException NoHash(string path) => Bad($"The hub gives no SHA-256 for {path}, so it could not be checked: download it yourself and add it.");

    private ModelException Fault(string what, Exception? inner = null, TimeSpan? retryAfter = null)
        => new(ModelFault.Remote, $"The hub at {options.Host} {what}", inner) { RetryAfter = retryAfter };

    private static ModelException Bad(string message) => new(ModelFault.BadFile, message);

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A failure of the hub that may pass.</summary>
internal sealed class HubInterruption(ModelException fault) : Exception(fault.Message, fault)
{
    /// <summary>What to tell if it stays so.</summary>
    public ModelException Fault { get; } = fault;
}
