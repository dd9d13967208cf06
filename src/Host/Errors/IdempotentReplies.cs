using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Tenants;

namespace Tessera.Host.Errors;

/// <summary>The replies kept for a day. Their bodies lie encrypted, for the reply to a new key holds the key.</summary>
internal sealed class IdempotentReplies(
    IServiceScopeFactory scopes, CurrentTenant tenant, IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private readonly IDataProtector protector = protection.CreateProtector("idempotent-reply");

    public async Task<ReplyClaim> ClaimAsync(string route, string key, string body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reply = new IdempotentReply
        {
            TenantId = tenant.Id, UserId = tenant.Caller.UserId, Route = route, Key = key, BodySha256 = body, StartedAt = now,
        };
        await using var scope = Open(out var rows);
        await rows.Replies.Where(row => row.StartedAt < now - Kept).ExecuteDeleteAsync(cancellationToken);
        rows.Replies.Add(reply);
        try
        {
            await rows.SaveChangesAsync(cancellationToken);
            return new ReplyClaim.First(reply);
        }
        catch (DbUpdateException exception) when (DatabaseFaults.IsDuplicate(exception))
        {
            rows.ChangeTracker.Clear();
        }

        var found = await Same(rows, reply).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        return found switch
        {
            null => new ReplyClaim.Running(),
            _ when found.BodySha256 != body => new ReplyClaim.Mismatch(),
            { StatusCode: { } status } => new ReplyClaim.Again(
                status, found.ContentType, found.Location, found.Body is null ? [] : protector.Unprotect(found.Body)),
            _ => new ReplyClaim.Running(),
        };
    }

    public async Task KeepAsync(IdempotentReply reply, int status, string? contentType, string? location, byte[] body)
    {
        await using var scope = Open(out var rows);
        var sealedBody = protector.Protect(body);
        await Same(rows, reply).ExecuteUpdateAsync(row => row
            .SetProperty(kept => kept.StatusCode, status)
            .SetProperty(kept => kept.ContentType, contentType)
            .SetProperty(kept => kept.Location, location)
            .SetProperty(kept => kept.Body, sealedBody));
    }

    public async Task ForgetAsync(IdempotentReply reply)
    {
        await using var scope = Open(out var rows);
        await Same(rows, reply).ExecuteDeleteAsync();
    }

    private static IQueryable<IdempotentReply> Same(TenantDbContext rows, IdempotentReply reply) => rows.Replies.Where(
        row => row.UserId == reply.UserId && row.Route == reply.Route && row.Key == reply.Key);

    // A context of its own: what the request's own context holds unsaved must not be saved by the way.
    private AsyncServiceScope Open(out TenantDbContext rows)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant.Id, tenant.Caller);
        rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        return scope;
    }
}
