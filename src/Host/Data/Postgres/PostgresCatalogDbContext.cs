using Microsoft.EntityFrameworkCore;

namespace Tessera.Host.Data.Postgres;

/// <summary>The catalog in PostgreSQL: the same model, with migrations of its own.</summary>
internal sealed class PostgresCatalogDbContext(DbContextOptions<PostgresCatalogDbContext> options) : CatalogDbContext(options);
