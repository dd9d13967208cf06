using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Tessera.Host.Observability;

/// <summary>
/// What no log line takes out of the house: addresses as they were called, and an exception's message and stack, which plugins and libraries
/// word and which may repeat what they read. Its type goes; the whole stands on the host's own standard error.
/// </summary>
internal sealed class LogFence : BaseProcessor<LogRecord>
{
    private static readonly string[] OfRequests = ["RequestPath", "RequestId", "ConnectionId"];

    public override void OnEnd(LogRecord data)
    {
        var kept = (data.Attributes ?? []).Where(attribute => !OfRequests.Contains(attribute.Key, StringComparer.Ordinal));
        data.Attributes = data.Exception is { } fault ? [.. kept, new("exception.type", fault.GetType().FullName)] : [.. kept];
        data.Exception = null;
    }
}
