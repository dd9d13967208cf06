using Microsoft.EntityFrameworkCore;
using Tessera.Host.Models;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data;

/// <summary>The tables of models, what tenants use and where they may send text.</summary>
internal static class ModelMapping
{
    public static void MapModels(this ModelBuilder builder, bool isPostgres)
    {
        builder.Entity<InstalledModel>(model =>
        {
            model.ToTable("models");
            model.HasKey(row => row.Sha256);
            model.HasIndex(row => row.NameKey).IsUnique();
            model.HasIndex(row => row.Role).IsUnique().HasFilter(isPostgres ? "\"IsDefault\"" : "\"IsDefault\" = 1");
        });
        builder.Entity<TenantModelSetting>(setting =>
        {
            setting.ToTable("tenant_models");
            setting.HasKey(row => new { row.TenantId, row.DomainId, row.Role });
            setting.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
            setting.HasOne<InstalledModel>().WithMany().HasForeignKey(row => row.ModelSha256).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<TenantRemote>(remote =>
        {
            remote.ToTable("tenant_remotes");
            remote.HasKey(row => row.TenantId);
            remote.HasOne<Tenant>().WithMany().HasForeignKey(row => row.TenantId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
