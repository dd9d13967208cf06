using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Host.Identity;

namespace Tessera.Host.Adapting;

/// <summary>Takes one of the administrator's own questions away.</summary>
internal sealed record DeleteOwnQuestion(string Domain, Guid Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class DeleteOwnQuestionHandler(TenantDbContext rows) : IRequestHandler<DeleteOwnQuestion, Outcome<Unit>>
{
    public async ValueTask<Outcome<Unit>> Handle(DeleteOwnQuestion request, CancellationToken cancellationToken) =>
        await rows.OwnQuestions.Where(row => row.Id == request.Id && row.Domain == request.Domain).ExecuteDeleteAsync(cancellationToken) == 1
            ? Unit.Value
            : Outcome<Unit>.Refused.NotFound;
}
