using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Identity;

/// <summary>A fresh data folder gets the tenant <c>default</c> and the user <c>admin</c>; each start reads the operator's key anew.</summary>
internal sealed class FirstStart(
    CatalogDbContext catalog, UserManager<User> users, TesseraOptions options, TimeProvider time, ILogger<FirstStart> logger)
{
    public const string TenantName = "default";
    public const string UserName = "admin";
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!await catalog.Tenants.AnyAsync(cancellationToken))
        {
            await CreateAsync(cancellationToken);
        }

        await ReadOperatorKeyAsync(cancellationToken);
    }

    /// <summary>20 characters that nobody mistakes for each other: about 115 bits.</summary>
    public static string MakePassword() => RandomNumberGenerator.GetString(Alphabet, 20);

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var password = options.AdminPassword ?? MakePassword();
        var tenant = new Tenant
        {
            Id = new TenantId(Guid.CreateVersion7(now)), Name = TenantName, NameKey = TenantName, CreatedAt = now,
        };
        var user = new User { Id = Guid.CreateVersion7(now), UserName = UserName, IsPlatformAdministrator = true, CreatedAt = now };

        // One transaction, so that a start cut short begins again.
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        catalog.Tenants.Add(tenant);
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            throw new OptionsException("The administrator was refused: " + string.Join(' ', made.Errors.Select(error => error.Description)));
        }

        catalog.Memberships.Add(new Membership { UserId = user.Id, TenantId = tenant.Id, Role = TenantRole.TenantAdministrator });
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        await options.Announcements.WriteLineAsync($"Administrator: {UserName}");
        await options.Announcements.WriteLineAsync(
            options.AdminPassword is null ? $"Password: {password}   (shown this once)" : "Password: as TESSERA_ADMIN_PASSWORD says");
    }

    private async Task ReadOperatorKeyAsync(CancellationToken cancellationToken)
    {
        var row = await catalog.ApiKeys.FindAsync([CallerLookup.OperatorKeyId], cancellationToken);
        var owner = options.AdminKey is null ? null : await (
            from user in catalog.Users
            join membership in catalog.Memberships on user.Id equals membership.UserId
            where user.NormalizedUserName == users.NormalizeName(UserName)
            select membership).FirstOrDefaultAsync(cancellationToken);
        if (row is not null)
        {
            catalog.ApiKeys.Remove(row);
            await catalog.SaveChangesAsync(cancellationToken);
        }

        if (options.AdminKey is null)
        {
            return;
        }

        if (owner is null)
        {
            logger.LogWarning("TESSERA_ADMIN_KEY is ignored: the user {User} is gone", UserName);
            return;
        }

        catalog.ApiKeys.Add(new ApiKey
        {
            Id = CallerLookup.OperatorKeyId,
            UserId = owner.UserId,
            TenantId = owner.TenantId,
            Name = "TESSERA_ADMIN_KEY",
            Hash = KeyText.Hash(options.AdminKey),
            CreatedAt = time.GetUtcNow(),
        });
        await catalog.SaveChangesAsync(cancellationToken);
    }
}
