using Mediator;
using Tessera.Host.Errors;
using Tessera.Host.Identity;
using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>Makes a file a model for everybody: its header is checked, then it is run once in a process of its own.</summary>
/// <param name="File">Its bytes; moved where it is taken.</param>
/// <param name="FileName">As it was sent; gives the name where none is given.</param>
/// <param name="Name">What it shall be called.</param>
/// <param name="Role">What it shall be for; null: what its header says.</param>
internal sealed record AddModel(StagedModel File, string FileName, string? Name, string? Role) : IRequest<Outcome<NewModel>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class AddModelHandler(ModelInstaller installer) : IRequestHandler<AddModel, Outcome<NewModel>>
{
    public async ValueTask<Outcome<NewModel>> Handle(AddModel request, CancellationToken cancellationToken)
    {
        ModelRole? role = ModelRoles.Find(request.Role);
        return request.Role is not null && role is null
            ? new Outcome<NewModel>.Refused(ErrorCode.InvalidRequest, $"A role is one of {ModelRoles.Allowed}.")
            : await installer.AddAsync(request.File, new ModelOrigin(request.FileName, request.Name, role), cancellationToken);
    }
}
