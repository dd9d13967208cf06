using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Adapting;

/// <summary>Goes back to the domain's own models; their index becomes the active one again as soon as it has what was written since.</summary>
internal sealed record UndoAdaptation(string Domain) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class UndoAdaptationHandler(AdaptationEnds ends) : IRequestHandler<UndoAdaptation, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(UndoAdaptation request, CancellationToken cancellationToken) =>
        await ends.UndoAsync(request.Domain, cancellationToken) ? Unit.Value : Outcome<Unit>.Refused.NotFound;
}
