using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Identity;
using Tessera.Host.Jobs;
using Tessera.Host.Models;
using Tessera.Host.Plugins;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data;

/// <summary>What must be known before a tenant is: who may come in, which domains are installed, whose work is due.</summary>
internal class CatalogDbContext : IdentityUserContext<User, Guid>
{
    public const string HistoryTable = "catalog_migrations";

    public CatalogDbContext(DbContextOptions<CatalogDbContext> options)
        : base(options)
    {
    }

    protected CatalogDbContext(DbContextOptions options)
        : base(options)
    {
    }

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<InstalledPlugin> Plugins => Set<InstalledPlugin>();

    public DbSet<TenantDomain> TenantDomains => Set<TenantDomain>();

    public DbSet<InstalledModel> Models => Set<InstalledModel>();

    public DbSet<TenantModelSetting> ModelSettings => Set<TenantModelSetting>();

    public DbSet<TenantRemote> TenantRemotes => Set<TenantRemote>();

    public DbSet<WorkItem> Work => Set<WorkItem>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseTesseraConversions(Database.IsNpgsql());

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<User>().ToTable("users");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<Tenant>(tenant =>
        {
            tenant.ToTable("tenants");
            tenant.HasIndex(row => row.NameKey).IsUnique();
        });
        builder.Entity<Membership>(membership =>
        {
            membership.ToTable("memberships");
            membership.HasKey(row => new { row.UserId, row.TenantId });
            membership.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            membership.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            key.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<InstalledPlugin>().ToTable("plugins").HasKey(row => row.DomainId);
        builder.Entity<TenantDomain>(domain =>
        {
            domain.ToTable("tenant_domains");
            domain.HasKey(row => new { row.TenantId, row.DomainId });
            domain.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.MapModels(Database.IsNpgsql());
        builder.Entity<WorkItem>().MapWork();
    }
}
