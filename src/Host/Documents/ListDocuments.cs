using System.Globalization;
using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Documents;

/// <summary>A domain's documents, newest first; null where the domain is unknown to the tenant.</summary>
internal sealed record ListDocuments(string Domain, PageQuery Page) : IRequest<Page<DocumentView>?>, IRequireRight
{
    /// <summary>Only documents that lie in exactly this folder; null: all.</summary>
    public string? Folder { get; init; }

    public Right Right => Right.ReadDocuments;
}

internal sealed class ListDocumentsHandler(TenantDbContext rows, EnabledDomains domains, CurrentTenant tenant)
    : IRequestHandler<ListDocuments, Page<DocumentView>?>
{
    public async ValueTask<Page<DocumentView>?> Handle(ListDocuments request, CancellationToken cancellationToken)
    {
        if (await domains.FindAsync(tenant.Id, request.Domain, cancellationToken) is null)
        {
            return null;
        }

        var documents = rows.Documents.AsNoTracking().Where(row => row.Domain == request.Domain && row.DeletedAt == null);
        if (request.Folder is { } folder)
        {
            documents = documents.Where(row => row.Folder == folder);
        }

        if (request.Page.AfterId is { } after)
        {
            documents = documents.Where(row => row.Id.CompareTo(after) < 0);
        }

        var found = await documents.OrderByDescending(row => row.Id).Take(request.Page.Size + 1).ToListAsync(cancellationToken);
        return Page<DocumentView>.Of(
            found.ConvertAll(DocumentView.Of), request.Page, view => view.Id.ToString("N", CultureInfo.InvariantCulture));
    }
}
