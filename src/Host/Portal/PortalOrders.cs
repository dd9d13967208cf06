using Mediator;
using Tessera.Host.Errors;

namespace Tessera.Host.Portal;

/// <summary>Orders whose refusal the page shows.</summary>
internal static class PortalOrders
{
    /// <summary>What the order ends with.</summary>
    /// <exception cref="ProblemException">It is refused; the message says why.</exception>
    public static async Task<T> OrderAsync<T>(this PortalSession session, IRequest<Outcome<T>> order) => Done(await session.SendAsync(order));

    /// <summary>The value.</summary>
    /// <exception cref="ProblemException">It is a refusal; the message says why.</exception>
    public static T Done<T>(Outcome<T> outcome) => outcome switch
    {
        Outcome<T>.Done done => done.Value,
        Outcome<T>.Refused refused => throw new ProblemException(refused.Code, refused.Detail),
        _ => throw new InvalidOperationException("An outcome is done or refused."),
    };
}
