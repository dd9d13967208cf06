using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Adapting;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Inference;
using Tessera.Sdk;

namespace Tessera.Integration.Access;

/// <summary>A caller of one kind in a tenant of their own, another tenant, and things of both to ask for.</summary>
internal sealed class AccessWorld
{
    public const string Domain = "matrix";
    private const string ForeignDomain = "matrix-foreign";
    private readonly HostFixture host;
    private readonly TenantId own;
    private readonly TenantId foreign;
    private readonly Guid user;

    private AccessWorld(HostFixture host, TenantId own, TenantId foreign, string role, Guid user, HttpClient http) =>
        (this.host, this.own, this.foreign, Role, this.user, Http) = (host, own, foreign, role, user, http);

    public string Role { get; }

    public HttpClient Http { get; }

    public bool IsPlatform => Role == "platform administrator";

    public static async Task<AccessWorld> MakeAsync(HostFixture host, string role)
    {
        TestDomain.Load(host, Domain);
        TestDomain.Load(host, ForeignDomain, bundled: false);
        var (own, foreign) = (await host.AddTenantAsync(), await host.AddTenantAsync());
        await using var scope = host.Services.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        catalog.TenantDomains.Add(new TenantDomain { TenantId = foreign, DomainId = ForeignDomain, Enabled = true });
        await catalog.SaveChangesAsync();
        if (role == "anonymous")
        {
            return new AccessWorld(host, own, foreign, role, Guid.Empty, host.Client());
        }

        var caller = role switch
        {
            "reader" => await host.AddCallerAsync(own, TenantRole.Reader),
            "member" => await host.AddCallerAsync(own, TenantRole.Member),
            "platform administrator" => await host.AddCallerAsync(own, TenantRole.Reader, isPlatformAdministrator: true),
            "key to ask" => await host.AddCallerAsync(own, TenantRole.TenantAdministrator, false, KeyScope.Ask),
            "key to administer" => await host.AddCallerAsync(own, TenantRole.TenantAdministrator, false, KeyScope.Admin),
            _ => await host.AddCallerAsync(own, TenantRole.TenantAdministrator),
        };
        await catalog.Users.Where(user => user.Id == caller.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.Suspended, role == "suspended"));
        return new AccessWorld(host, own, foreign, role, caller.UserId, caller.Http);
    }

    /// <summary>Something of the caller's tenant, or for tenants themselves one that the caller manages.</summary>
    public Task<string> OwnAsync(AccessRow row) => row.Target == Target.Domain ? Task.FromResult(Domain) : MakeAsync(row, own);

    /// <summary>Something of another tenant.</summary>
    public Task<string> ForeignAsync(AccessRow row) => row.Target == Target.Domain ? Task.FromResult(ForeignDomain) : MakeAsync(row, foreign);

    /// <summary>What was never there.</summary>
    public static string Absent(AccessRow row) => row.Target is Target.Domain or Target.Plugin or Target.Model ? "matrix-absent" : Guid.NewGuid().ToString();

    private async Task<string> MakeAsync(AccessRow row, TenantId tenant)
    {
        await using var scope = host.Scope(tenant);
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var (id, now) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        switch (row.Target)
        {
            case Target.Tenant:
                // Nobody deletes the tenant that they act in.
                return (IsPlatform ? await host.AddTenantAsync() : tenant).ToString();
            case Target.Document:
                rows.Documents.Add(new Document
                {
                    Id = id, TenantId = tenant, Domain = Domain, Name = $"{id}.txt", Bytes = 1, Sha256 = new string('0', 64), CreatedAt = now,
                });
                var blobs = scope.ServiceProvider.GetRequiredService<BlobStore>();
                using (var bytes = await blobs.StageAsync(new MemoryStream([65]), 1, CancellationToken.None))
                {
                    blobs.Keep(bytes!, tenant, id, 1);
                }

                break;
            case Target.Conversation:
                rows.Conversations.Add(new Conversation { Id = id, TenantId = tenant, UserId = user, Domain = Domain, CreatedAt = now, UpdatedAt = now });
                break;
            case Target.Turn:
                rows.Conversations.Add(new Conversation { Id = id, TenantId = tenant, UserId = user, Domain = Domain, CreatedAt = now, UpdatedAt = now });
                rows.Turns.Add(new ConversationTurn { Id = id, TenantId = tenant, ConversationId = id, Question = "a", Answer = "{}", CreatedAt = now });
                break;
            case Target.OwnQuestion:
                rows.OwnQuestions.Add(new OwnQuestion { Id = id, TenantId = tenant, Domain = Domain, Question = "a", DocumentId = id, CreatedAt = now });
                break;
            case Target.Job:
                rows.Jobs.Add(new Job
                {
                    Id = id, TenantId = tenant, Kind = JobKind.Ingest, DocumentId = id, Revision = 1, State = JobState.Done, CreatedAt = now,
                });
                break;
            case Target.User or Target.Key:
                var name = row.Route.EndsWith("password-resets", StringComparison.Ordinal) ? $"{id}" : $"user-{id}";
                catalog.Users.Add(new User { Id = id, UserName = name, NormalizedUserName = name.ToUpperInvariant(), CreatedAt = now });
                catalog.Memberships.Add(new Membership { UserId = id, TenantId = tenant, Role = TenantRole.Reader });
                catalog.ApiKeys.Add(new ApiKey { Id = id, UserId = id, TenantId = tenant, Name = "k", Hash = KeyText.Hash($"{id}"), CreatedAt = now });
                break;
            case Target.Plugin:
                catalog.Plugins.Add(new InstalledPlugin
                {
                    DomainId = $"m{id:N}"[..32], Version = "1.0.0", PackageSha256 = new string('0', 64), PublisherKeyId = new string('0', 64),
                    Bundled = false, State = PluginState.Refused, InstalledAt = now,
                });
                await catalog.SaveChangesAsync();
                return $"m{id:N}"[..32];
            case Target.Model:
                catalog.Models.Add(new InstalledModel
                {
                    Sha256 = $"{id:N}{id:N}", Name = $"model-{id}", NameKey = $"model-{id}", Role = ModelRole.Chat, Bytes = 1, Architecture = "llama",
                    Parameters = 1, Quantisation = "F32", ContextTokens = 1, MemoryBytes = 1, State = ModelState.Missing, AddedAt = now,
                });
                await catalog.SaveChangesAsync();
                return $"model-{id}";
            case Target.Pull:
                // There is no hub: it has failed and is there to be seen.
                return scope.ServiceProvider.GetRequiredService<ModelPulls>().Start($"{id}", null, null)!.Id.ToString();
        }

        await rows.SaveChangesAsync();
        await catalog.SaveChangesAsync();
        return id.ToString();
    }
}
