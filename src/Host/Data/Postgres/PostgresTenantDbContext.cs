using Microsoft.EntityFrameworkCore;
using Tessera.Host.Tenants;

namespace Tessera.Host.Data.Postgres;

/// <summary>A tenant's rows in PostgreSQL: the same model, with migrations of its own.</summary>
internal sealed class PostgresTenantDbContext(DbContextOptions<PostgresTenantDbContext> options, CurrentTenant tenant) : TenantDbContext(options, tenant);
