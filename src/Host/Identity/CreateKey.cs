using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>A new key that speaks for a user in their tenant.</summary>
/// <param name="Scopes">Null or empty: all rights of the user.</param>
/// <param name="ExpiresAt">Null: never.</param>
internal sealed record CreateKey(Guid UserId, string Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt)
    : IRequest<Outcome<NewKey>>, IRequireRight
{
    public Right Right => Right.Administer;
}

/// <param name="Key">The key itself: here and never again.</param>
internal sealed record NewKey(Guid Id, string Key);

internal sealed class CreateKeyHandler(CatalogDbContext catalog, UserDoor door, TimeProvider time)
    : IRequestHandler<CreateKey, Outcome<NewKey>>
{
    public async ValueTask<Outcome<NewKey>> Handle(CreateKey request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.UserId, cancellationToken) is not { } place)
        {
            return Outcome<NewKey>.Refused.NotFound;
        }

        var now = time.GetUtcNow();
        var refusal = await door.RefusalAsync<NewKey>(place, null, cancellationToken)
            ?? KeyRules.Refusal<NewKey>(request.Name, request.Scopes, request.ExpiresAt, now);
        if (refusal is not null)
        {
            return refusal;
        }

        var id = Guid.CreateVersion7(now);
        var key = KeyText.Make(id);
        catalog.ApiKeys.Add(new ApiKey
        {
            Id = id, UserId = place.User.Id, TenantId = place.Membership.TenantId, Name = request.Name, Hash = KeyText.Hash(key),
            Scopes = [.. request.Scopes ?? []], CreatedAt = now, ExpiresAt = request.ExpiresAt,
        });
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewKey(id, key);
    }
}
