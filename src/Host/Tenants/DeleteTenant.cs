using Mediator;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Host.Tenants;

/// <summary>
/// Takes a tenant away with all that is its own: memberships, keys, users who belong to no other tenant, conversations,
/// documents, passages, bytes, adapted models. Cut short, it is sent again and goes on.
/// </summary>
internal sealed record DeleteTenant(TenantId Id) : IRequest<Outcome<Unit>>, IRequireRight
{
    public Right Right => Right.ManagePlatform;
}

internal sealed class DeleteTenantHandler(
    CatalogDbContext catalog, TenantDoor door, CurrentTenant current, PlatformAdministrators administrators,
    IServiceScopeFactory scopes, IChunkStores chunks, BlobStore blobs, AdaptationRuns runs, AdaptedModels adapted, AdaptedFiles models, ITurns turns, TimeProvider time)
    : IRequestHandler<DeleteTenant, Outcome<Unit>>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    public async ValueTask<Outcome<Unit>> Handle(DeleteTenant request, CancellationToken cancellationToken)
    {
        // A backup that is being made finds what its rows name; afterwards it is taken away.
        await using var turn = await turns.ShareAsync(TurnNames.Jobs, cancellationToken);
        var id = request.Id;
        if (!await door.HasAsync(id, cancellationToken))
        {
            return Outcome<Unit>.Refused.NotFound;
        }

        if (id == current.Id)
        {
            return new Outcome<Unit>.Refused(ErrorCode.Conflict, "You act in this tenant. Delete it from another one.");
        }

        if (!await CloseAsync(id, cancellationToken))
        {
            return new Outcome<Unit>.Refused(ErrorCode.LastAdministrator, "The last platform administrator belongs to this tenant. Name another one first.");
        }

        await CallOffAsync(id, cancellationToken);
        if (!await IsQuietAsync(id, cancellationToken))
        {
            return new Outcome<Unit>.Refused(ErrorCode.Conflict, "One of its documents is still being read. Send this again in a minute.");
        }

        await runs.StopAsync(id);
        await chunks.DropAsync(id, null, cancellationToken);
        blobs.Drop(id);
        adapted.Drop(id);
        models.Drop(id);
        await DeleteRowsAsync(id, cancellationToken);
        await catalog.Tenants.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }

    // First nobody comes in any more, so that nothing is added while it is taken away.
    private async Task<bool> CloseAsync(TenantId id, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var own = catalog.Users.Where(user =>
            catalog.Memberships.Any(row => row.UserId == user.Id && row.TenantId == id)
            && !catalog.Memberships.Any(row => row.UserId == user.Id && row.TenantId != id));
        if (!await administrators.StayWithoutAsync(own.Select(user => user.Id), cancellationToken))
        {
            return false;
        }

        await own.ExecuteDeleteAsync(cancellationToken);
        await catalog.Memberships.Where(row => row.TenantId == id).ExecuteDeleteAsync(cancellationToken);
        await catalog.ApiKeys.Where(row => row.TenantId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // An index that is being built would keep a worker for long; without its row the job ends at the next document.
    private async Task CallOffAsync(TenantId id, CancellationToken cancellationToken)
    {
        await using var scope = Open(id, out var rows);
        await rows.Indexes.ExecuteDeleteAsync(cancellationToken);
        await rows.Adaptations.ExecuteDeleteAsync(cancellationToken);
        await runs.StopAsync(id);
    }

    // What a worker holds is let finish; it would write what nobody would take away again.
    private async Task<bool> IsQuietAsync(TenantId id, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var now = time.GetUtcNow();
            await catalog.Work.Where(row => row.TenantId == id && (row.LeaseUntil == null || row.LeaseUntil < now))
                .ExecuteDeleteAsync(cancellationToken);
            if (!await catalog.Work.AnyAsync(row => row.TenantId == id, cancellationToken))
            {
                return true;
            }

            if (time.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(Glance, time, cancellationToken);
        }
    }

    private async Task DeleteRowsAsync(TenantId id, CancellationToken cancellationToken)
    {
        await using var scope = Open(id, out var rows);
        await using var transaction = await rows.Database.BeginTransactionAsync(cancellationToken);
        await rows.Work.ExecuteDeleteAsync(cancellationToken);
        await rows.Jobs.ExecuteDeleteAsync(cancellationToken);
        await rows.Replies.ExecuteDeleteAsync(cancellationToken);
        await rows.Conversations.ExecuteDeleteAsync(cancellationToken);
        await rows.Documents.ExecuteDeleteAsync(cancellationToken);
        await rows.Indexes.ExecuteDeleteAsync(cancellationToken);
        await rows.Adaptations.ExecuteDeleteAsync(cancellationToken);
        await rows.OwnQuestions.ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Rows of a tenant are written in a scope of that tenant, whoever asks.
    private AsyncServiceScope Open(TenantId id, out TenantDbContext rows)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(id, CallerIdentity.Operator);
        rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        return scope;
    }
}
