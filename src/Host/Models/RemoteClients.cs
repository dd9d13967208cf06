using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Tessera.Inference.Remote;

namespace Tessera.Host.Models;

/// <summary>
/// Connections to servers elsewhere, one for each address and key of a tenant: its circuit breaker remembers between questions. Safe for
/// concurrent use.
/// </summary>
internal sealed class RemoteClients(TimeProvider time) : IDisposable
{
    private const int Most = 256;
    private readonly ConcurrentDictionary<(Guid Tenant, Uri Address, string? Key), Lazy<RemoteModels>> open = [];

    /// <summary>A chat client whose quotes are searched in their sources.</summary>
    public IChatClient Chat(RemoteServer server, string model) => Of(server).OpenChat(model);

    /// <summary>How many servers were asked by this process, and how many of them do not answer now.</summary>
    public (int Known, int Down) Count()
    {
        var known = open.Values.Where(connection => connection.IsValueCreated).ToList();
        return (known.Count, known.Count(connection => connection.Value.IsDown));
    }

    public void Dispose()
    {
        foreach (var connection in open.Values.Where(connection => connection.IsValueCreated))
        {
            connection.Value.Dispose();
        }
    }

    private RemoteModels Of(RemoteServer server)
    {
        if (open.Count > Most)
        {
            // Addresses and keys that were changed since; who still reads from one keeps it until the end.
            open.Clear();
        }

        return open.GetOrAdd(
            (server.Tenant.Value, server.BaseUrl, server.ApiKey),
            _ => new Lazy<RemoteModels>(() => new RemoteModels(new RemoteEndpoint(server.BaseUrl, server.ApiKey) { Refuses = RemoteAddress.IsRefused }, time))).Value;
    }
}
