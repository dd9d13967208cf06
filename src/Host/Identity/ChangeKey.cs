using Mediator;
using Tessera.Host.Data;
using Tessera.Host.Errors;

namespace Tessera.Host.Identity;

/// <summary>Changes a key; null leaves as it is.</summary>
internal sealed record ChangeKey(Guid Id, string? Name, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt)
    : IRequest<Outcome<KeyView>>, IRequireRight
{
    public Right Right => Right.Administer;
}

internal sealed class ChangeKeyHandler(CatalogDbContext catalog, KeyDoor door, UserDoor users, TimeProvider time)
    : IRequestHandler<ChangeKey, Outcome<KeyView>>
{
    public async ValueTask<Outcome<KeyView>> Handle(ChangeKey request, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (await door.FindAsync(request.Id, cancellationToken) is not { } key)
        {
            return Outcome<KeyView>.Refused.NotFound;
        }

        var refusal = await users.RefusalAsync<KeyView>(await door.OwnerAsync(key, cancellationToken), null, cancellationToken)
            ?? KeyRules.Refusal<KeyView>(request.Name, request.Scopes, request.ExpiresAt, time.GetUtcNow());
        if (refusal is not null)
        {
            return refusal;
        }

        key.Name = request.Name ?? key.Name;
        key.Scopes = request.Scopes is { } scopes ? [.. scopes] : key.Scopes;
        key.ExpiresAt = request.ExpiresAt ?? key.ExpiresAt;
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return KeyView.Of(key);
    }
}
