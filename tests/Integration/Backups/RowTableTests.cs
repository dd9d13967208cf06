using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Backups;
using Tessera.Host.Data;
using Tessera.Sdk;

namespace Tessera.Integration.Backups;

/// <summary>Every column of every table goes through a backup: one that is added tomorrow as well.</summary>
public sealed class RowTableTests(HostFixture host)
{
    [Fact]
    public void Rows_come_back_as_they_were_told_in_every_column()
    {
        var random = new Random(3);
        using var scope = host.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<Tessera.Host.Tenants.CurrentTenant>().Set(new TenantId(Guid.NewGuid()), Host.Identity.CallerIdentity.Operator);
        foreach (var rows in (DbContext[])[scope.ServiceProvider.GetRequiredService<CatalogDbContext>(), scope.ServiceProvider.GetRequiredService<TenantDbContext>()])
        {
            var tables = RowTable.Of(rows);
            Assert.Equal(rows.Model.GetEntityTypes().Count(), tables.Count);
            Assert.All(rows.Model.GetEntityTypes(), entity => Assert.Empty(entity.GetComplexProperties()));
            foreach (var entity in rows.Model.GetEntityTypes())
            {
                var table = tables.Single(one => one.Name == entity.GetTableName());
                var first = Filled(entity, random);
                table.Add(rows, JsonNode.Parse(table.Tell(first).ToJsonString())!.AsObject());
                var entry = Assert.Single(rows.ChangeTracker.Entries());
                foreach (var column in entity.GetProperties().Where(column => column.ClrType != typeof(int) || column.ValueGenerated == ValueGenerated.Never))
                {
                    Assert.Equal(column.PropertyInfo!.GetValue(first), entry.Property(column.Name).CurrentValue);
                }

                rows.ChangeTracker.Clear();
            }
        }
    }

    [Fact]
    public void Whatever_a_row_points_to_comes_before_it()
    {
        using var scope = host.Services.CreateScope();
        var rows = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var names = RowTable.Of(rows).Select(table => table.Name).ToList();
        foreach (var key in rows.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()))
        {
            Assert.True(names.IndexOf(key.PrincipalEntityType.GetTableName()!) < names.IndexOf(key.DeclaringEntityType.GetTableName()!));
        }
    }

    private static object Filled(IEntityType entity, Random random)
    {
        var row = Activator.CreateInstance(entity.ClrType, nonPublic: true)!;
        foreach (var column in entity.GetProperties())
        {
            column.PropertyInfo!.SetValue(row, Value(Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType, random));
        }

        return row;
    }

    private static object Value(Type type, Random random) => type switch
    {
        _ when type == typeof(Guid) => Guid.NewGuid(),
        _ when type == typeof(TenantId) => new TenantId(Guid.NewGuid()),
        _ when type == typeof(string) => $"\"a\\b\n\u2028ü😀{random.Next()}",
        _ when type == typeof(int) => random.Next(),
        _ when type == typeof(long) => random.NextInt64(),
        _ when type == typeof(double) => random.NextDouble(),
        _ when type == typeof(bool) => random.Next(2) == 1,
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(1L << 41)),
        _ when type == typeof(DateOnly) => new DateOnly(2000, 1, 1).AddDays(random.Next(9999)),
        _ when type == typeof(List<string>) => new List<string> { "a", $"b\"{random.Next()}" },
        _ when type == typeof(byte[]) => Guid.NewGuid().ToByteArray(),
        { IsEnum: true } => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!,
        _ => throw new NotSupportedException($"A column of {type}: say here how it is filled."),
    };
}
