using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary>No door is second class: a message that asks for a right gets it checked here too.</summary>
internal sealed class RightBehavior<TMessage, TResponse>(CurrentTenant tenant) : IPipelineBehavior<TMessage, TResponse>
    where TMessage : notnull, IMessage, IRequireRight
{
    public ValueTask<TResponse> Handle(
        TMessage message, MessageHandlerDelegate<TMessage, TResponse> next, CancellationToken cancellationToken) =>
        tenant.Caller.Has(message.Right)
            ? next(message, cancellationToken)
            : throw new ProblemException(ErrorCode.Forbidden, "Your role does not allow this.");
}
