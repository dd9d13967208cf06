using System.Net.Http.Json;
using Tessera.Host.Identity;

namespace Tessera.Integration.Access;

/// <summary>Who may do what: one route of the host.</summary>
/// <param name="Route">Method and pattern, as the routing table has them, without a final slash.</param>
/// <param name="Right">What it asks of its caller; null: anybody may come.</param>
/// <param name="Target">What its id, in the address or in the body, names.</param>
/// <param name="Status">Reply to those who may, for an id of their own; 0: a page, which the browser tests open.</param>
/// <param name="Body">What is sent, made from the id.</param>
internal sealed record AccessRow(string Route, Right? Right, Target Target, int Status, Func<string, HttpContent>? Body = null)
{
    /// <summary>Whether the row speaks of a route; a final <c>*</c> stands for all that begins so.</summary>
    public bool Covers(string route) =>
        Route.EndsWith('*') ? route.StartsWith(Route[..^1], StringComparison.Ordinal) : Route == route;

    public HttpMethod Method => new(Route.Split(' ')[0].Replace("ANY", "GET", StringComparison.Ordinal));

    public string Path(string id) => Route.Split(' ')[1].TrimEnd('*')
        .Replace("{id:guid}", id, StringComparison.Ordinal)
        .Replace("{turn:guid}", id, StringComparison.Ordinal)
        .Replace("{id}", id, StringComparison.Ordinal)
        .Replace("{name}", id, StringComparison.Ordinal)
        .Replace("{domain}", Target == Target.Domain ? id : AccessWorld.Domain, StringComparison.Ordinal)
        .Replace("{**page}", "", StringComparison.Ordinal)
        .Replace("{documentName?}", "v1", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal);

    public static Func<string, HttpContent> Json(object body) => _ => JsonContent.Create(body);
}

/// <summary>What an id names.</summary>
internal enum Target
{
    None,
    Domain,
    Document,
    Conversation,
    Turn,
    OwnQuestion,
    Job,
    Tenant,
    User,
    Key,
    Plugin,
    Model,
    Pull,
}
