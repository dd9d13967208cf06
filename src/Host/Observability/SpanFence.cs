using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Tessera.Host.Observability;

/// <summary>
/// What no span takes out of the house: any attribute that is not named here goes before a span is exported, whoever set it. Addresses as
/// they were called, agents of browsers and messages of exceptions are none of a collector's business.
/// </summary>
internal sealed class SpanFence : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "server.port", "error.type",
        "tessera.chunks", "tessera.domain", "tessera.kind", "tessera.mode", "tessera.outcome", "tessera.passages", "tessera.stage", "tessera.tenant",
        "tessera.tokens.in", "tessera.tokens.out",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Select(tag => tag.Key).Where(key => !Allowed.Contains(key)).ToList())
        {
            data.SetTag(tag, null);
        }

        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }

        data.TraceStateString = null;
    }
}
