using Mediator;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Models on their way from the hub and those that came since the start, newest first.</summary>
internal sealed record ListPulls : IRequest<IReadOnlyList<PullView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class ListPullsHandler(ModelPulls pulls) : IRequestHandler<ListPulls, IReadOnlyList<PullView>>
{
    public ValueTask<IReadOnlyList<PullView>> Handle(ListPulls request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<PullView>>([.. pulls.All.Select(PullView.Of)]);
}
