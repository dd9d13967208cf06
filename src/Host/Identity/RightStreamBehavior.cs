using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Tenants;

namespace Tessera.Host.Identity;

/// <summary><see cref="RightBehavior{TMessage, TResponse}"/> for messages that are answered by a stream.</summary>
internal sealed class RightStreamBehavior<TMessage, TResponse>(CurrentTenant tenant) : IStreamPipelineBehavior<TMessage, TResponse>
    where TMessage : notnull, IStreamMessage, IRequireRight
{
    public IAsyncEnumerable<TResponse> Handle(
        TMessage message, StreamHandlerDelegate<TMessage, TResponse> next, CancellationToken cancellationToken) =>
        tenant.Caller.Has(message.Right)
            ? next(message, cancellationToken)
            : throw new ProblemException(ErrorCode.Forbidden, "Your role does not allow this.");
}
