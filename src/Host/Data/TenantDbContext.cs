using Microsoft.EntityFrameworkCore;
using Tessera.Host.Adapting;
using Tessera.Host.Conversations;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Data;

/// <summary>The current tenant's rows: reads see no other's, writes of another's throw.</summary>
internal class TenantDbContext : DbContext
{
    public const string HistoryTable = "tenant_migrations";

    public const string Filter = "tenant";

    private readonly CurrentTenant tenant;

    public TenantDbContext(DbContextOptions<TenantDbContext> options, CurrentTenant tenant)
        : base(options) => this.tenant = tenant;

    protected TenantDbContext(DbContextOptions options, CurrentTenant tenant)
        : base(options) => this.tenant = tenant;

    /// <summary>For the database's own wall; null where nobody was let in.</summary>
    public TenantId? TenantOrNone => tenant.IsSet ? tenant.Id : null;

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<WorkItem> Work => Set<WorkItem>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationTurn> Turns => Set<ConversationTurn>();

    public DbSet<DomainIndex> Indexes => Set<DomainIndex>();

    public DbSet<Adaptation> Adaptations => Set<Adaptation>();

    public DbSet<OwnQuestion> OwnQuestions => Set<OwnQuestion>();

    public DbSet<IdempotentReply> Replies => Set<IdempotentReply>();

    // Read by the filters at each query, so that a query without a tenant throws instead of finding all.
    private TenantId Tenant => tenant.Id;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        CheckOwner();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        CheckOwner();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseTesseraConversions(Database.IsNpgsql());

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Document>(document =>
        {
            document.ToTable("documents");
            document.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            document.HasIndex(row => new { row.TenantId, row.Domain, row.Id });
            document.HasIndex(row => new { row.TenantId, row.Domain, row.Folder, row.Name })
                .IsUnique().HasFilter("\"ParentId\" IS NULL AND \"DeletedAt\" IS NULL");
            document.HasIndex(row => new { row.TenantId, row.ParentId });
        });
        modelBuilder.Entity<Job>(job =>
        {
            job.ToTable("jobs");
            job.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            job.HasIndex(row => new { row.TenantId, row.DocumentId });
        });
        modelBuilder.Entity<Conversation>(conversation =>
        {
            conversation.ToTable("conversations");
            conversation.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            conversation.HasIndex(row => new { row.TenantId, row.UserId, row.Domain, row.Id });
        });
        modelBuilder.Entity<ConversationTurn>(turn =>
        {
            turn.ToTable("conversation_turns");
            turn.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            turn.HasIndex(row => new { row.TenantId, row.ConversationId, row.Id });
            turn.HasOne<Conversation>().WithMany().HasForeignKey(row => row.ConversationId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<DomainIndex>(index =>
        {
            index.ToTable("domain_indexes");
            index.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            index.HasIndex(row => new { row.TenantId, row.Domain }).IsUnique();
        });
        modelBuilder.Entity<Adaptation>(adaptation =>
        {
            adaptation.ToTable("adaptations");
            adaptation.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            adaptation.HasIndex(row => new { row.TenantId, row.Domain, row.Id });
        });
        modelBuilder.Entity<OwnQuestion>(question =>
        {
            question.ToTable("own_questions");
            question.HasQueryFilter(Filter, row => row.TenantId == Tenant);
            question.HasIndex(row => new { row.TenantId, row.Domain, row.Id });
        });
        modelBuilder.Entity<IdempotentReply>(reply =>
        {
            reply.ToTable("idempotent_replies");
            reply.HasKey(row => new { row.TenantId, row.UserId, row.Route, row.Key });
            reply.HasQueryFilter(Filter, row => row.TenantId == Tenant);
        });
        modelBuilder.Entity<WorkItem>(work =>
        {
            work.MapWork();
            work.ToTable(table => table.ExcludeFromMigrations());
            work.HasQueryFilter(Filter, row => row.TenantId == Tenant);
        });

        // What is updated or deleted is found by its tenant too: a row made from an id alone, which is another's, finds none.
        foreach (var owned in modelBuilder.Model.GetEntityTypes())
        {
            owned.FindProperty(nameof(ITenantOwned.TenantId))!.IsConcurrencyToken = true;
        }
    }

    private void CheckOwner()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            var before = entry.State == EntityState.Added
                ? Tenant
                : (TenantId)entry.Property(nameof(ITenantOwned.TenantId)).OriginalValue!;
            if (entry.Entity.TenantId != Tenant || before != Tenant)
            {
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} of another tenant cannot be written.");
            }
        }
    }
}
