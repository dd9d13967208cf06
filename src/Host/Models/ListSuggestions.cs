using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Identity;

namespace Tessera.Host.Models;

/// <summary>Models that are known to do well, by role, and whether they are here.</summary>
internal sealed record ListSuggestions : IRequest<IReadOnlyList<SuggestionView>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

/// <summary>A model that can be pulled. Its size and its hash are the hub's, asked when it is pulled.</summary>
/// <param name="Name">What a pull takes.</param>
/// <param name="Role">chat, embedding or reranker.</param>
/// <param name="Reference">Where the hub has it.</param>
/// <param name="Parameters">As its makers count them.</param>
/// <param name="Installed">A model of this name is installed.</param>
public sealed record SuggestionView(string Name, string Role, string Reference, string Parameters, string Licence, bool Installed);

internal sealed class ListSuggestionsHandler(CatalogDbContext catalog, IModelHub hub) : IRequestHandler<ListSuggestions, IReadOnlyList<SuggestionView>>
{
    public async ValueTask<IReadOnlyList<SuggestionView>> Handle(ListSuggestions request, CancellationToken cancellationToken)
    {
        var names = await catalog.Models.AsNoTracking().Select(row => row.NameKey).ToHashSetAsync(cancellationToken);
        return [.. hub.Suggestions.Select(one => new SuggestionView(
            one.Name, ModelRoles.Text(one.Role), one.Reference, one.Parameters, one.Licence, names.Contains(ModelName.Key(one.Name))))];
    }
}
