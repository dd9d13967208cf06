using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Adapting;

/// <summary>The administrator's own questions of a domain, newest first; null where the tenant has no such domain.</summary>
internal sealed record ListOwnQuestions(string Domain, PageQuery Page) : IRequest<Page<OwnQuestionView>?>, IRequireRight
{
    public Right Right => Right.ManageTenant;
}

internal sealed class ListOwnQuestionsHandler(TenantDbContext rows, EnabledDomains domains, CurrentTenant tenant)
    : IRequestHandler<ListOwnQuestions, Page<OwnQuestionView>?>
{
    public async ValueTask<Page<OwnQuestionView>?> Handle(ListOwnQuestions request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return null;
        }

        var questions = rows.OwnQuestions.AsNoTracking().Where(row => row.Domain == request.Domain);
        if (request.Page.AfterId is { } after)
        {
            questions = questions.Where(row => row.Id.CompareTo(after) < 0);
        }

        var found = await questions.OrderByDescending(row => row.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(row => row.DocumentId);
        var names = await rows.Documents.Where(row => ids.Contains(row.Id) && row.DeletedAt == null).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        return Page<OwnQuestionView>.Of(
            found.ConvertAll(row => OwnQuestionView.Of(row, names.GetValueOrDefault(row.DocumentId))), request.Page,
            view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
