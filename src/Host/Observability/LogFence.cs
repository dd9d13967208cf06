using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Tessera.Host.Observability;

/// <summary>
/// What no log line takes out of the house: an exception's message and stack, which plugins and libraries word and which may repeat what
/// they read. Its type goes; the whole stands on the host's own standard error.
/// </summary>
internal sealed class LogFence : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } fault)
        {
            return;
        }

        data.Exception = null;
        data.Attributes = [.. data.Attributes ?? [], new KeyValuePair<string, object?>("exception.type", fault.GetType().FullName)];
    }
}
