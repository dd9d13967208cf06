using Mediator;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Stops a pull; what came so far stays for the next one. False: there is none of this id.</summary>
internal sealed record StopPull(Guid Id) : IRequest<bool>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class StopPullHandler(ModelPulls pulls) : IRequestHandler<StopPull, bool>
{
    public ValueTask<bool> Handle(StopPull request, CancellationToken cancellationToken)
    {
        var pull = pulls.Find(request.Id);
        pull?.Stop();
        return ValueTask.FromResult(pull is not null);
    }
}
