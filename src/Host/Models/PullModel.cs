using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Fetches a model from the hub and installs it, in the background.</summary>
/// <param name="Reference"><c>owner/name:file</c>, or the name of a suggestion.</param>
/// <param name="Name">What it shall be called.</param>
/// <param name="Role">What it shall be for; null: what its header says.</param>
internal sealed record PullModel(string Reference, string? Name, string? Role) : IRequest<Outcome<PullView>>, IRequireRight
{
    public const int Longest = 300;

    public Right Right => Right.ManagePlatform;
}

internal sealed class PullModelHandler(ModelPulls pulls) : IRequestHandler<PullModel, Outcome<PullView>>
{
    public ValueTask<Outcome<PullView>> Handle(PullModel request, CancellationToken cancellationToken) => ValueTask.FromResult(Start(request));

    private Outcome<PullView> Start(PullModel request)
    {
        if (request.Reference.Length is 0 or > PullModel.Longest)
        {
            return new Outcome<PullView>.Refused(ErrorCode.InvalidRequest, "Name a model as owner/name:file, or one of the suggestions.");
        }

        if (request.Name is { } name && ModelName.Problem(name) is { } problem)
        {
            return new Outcome<PullView>.Refused(ErrorCode.InvalidRequest, problem);
        }

        var role = ModelRoles.Find(request.Role);
        if (request.Role is not null && role is null)
        {
            return new Outcome<PullView>.Refused(ErrorCode.InvalidRequest, $"A role is one of {ModelRoles.Allowed}.");
        }

        return pulls.Start(request.Reference, role, request.Name) is { } pull
            ? PullView.Of(pull)
            : new Outcome<PullView>.Refused(ErrorCode.TooManyRequests, "Several models are on their way already. Wait until one is here.");
    }
}
