using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Sdk;

namespace Tessera.Host.Backups;

/// <summary>
/// One table of a context. Its rows are told as JSON with the values that the model has, not as one database keeps them: so rows of one go into another.
/// </summary>
internal abstract class RowTable(IEntityType entity)
{
    private static readonly JsonSerializerOptions Values = new() { Converters = { new JsonStringEnumConverter(), new TenantIdValue() } };
    private readonly IReadOnlyList<IProperty> columns = [.. entity.GetProperties().Where(column => !IsCounted(column))];

    public string Name { get; } = entity.GetTableName() ?? throw new NotSupportedException($"{entity.Name} is no table.");

    /// <summary>All tables of a context; whatever a row points to comes before it.</summary>
    public static IReadOnlyList<RowTable> Of(DbContext rows)
    {
        var tables = new List<IEntityType>();
        foreach (var entity in rows.Model.GetEntityTypes().OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal))
        {
            Add(entity);
        }

        return [.. tables.Select(entity => (RowTable)Activator.CreateInstance(typeof(Table<>).MakeGenericType(entity.ClrType), entity)!)];

        void Add(IEntityType entity)
        {
            if (!tables.Contains(entity))
            {
                foreach (var key in entity.GetForeignKeys().Where(key => key.PrincipalEntityType != entity))
                {
                    Add(key.PrincipalEntityType);
                }

                tables.Add(entity);
            }
        }
    }

    /// <summary>Every row that the context sees.</summary>
    public abstract IAsyncEnumerable<JsonObject> ReadAsync(DbContext rows);

    /// <summary>Deletes every row that the context sees.</summary>
    public abstract Task ClearAsync(DbContext rows, CancellationToken cancellationToken);

    /// <summary>Adds a row that is to be saved.</summary>
    public void Add(DbContext rows, JsonObject row)
    {
        var made = Activator.CreateInstance(entity.ClrType, nonPublic: true)!;
        foreach (var column in columns)
        {
            var value = row[column.Name].Deserialize(column.ClrType, Values);
            if (column.PropertyInfo is { CanWrite: true } property)
            {
                property.SetValue(made, value);
            }
            else
            {
                column.FieldInfo!.SetValue(made, value);
            }
        }

        rows.Add(made);
    }

    /// <summary>A row, by its columns.</summary>
    public JsonObject Tell(object row) =>
        new(columns.Select(column => KeyValuePair.Create(column.Name, JsonSerializer.SerializeToNode(column.PropertyInfo!.GetValue(row), column.ClrType, Values))));

    // What the database counts it counts anew.
    private static bool IsCounted(IProperty column) => column is { ValueGenerated: ValueGenerated.OnAdd } && column.ClrType == typeof(int);

    private sealed class Table<T>(IEntityType entity) : RowTable(entity)
        where T : class
    {
        public override async IAsyncEnumerable<JsonObject> ReadAsync(DbContext rows)
        {
            await foreach (var row in rows.Set<T>().AsNoTracking().AsAsyncEnumerable())
            {
                yield return Tell(row);
            }
        }

        public override Task ClearAsync(DbContext rows, CancellationToken cancellationToken) => rows.Set<T>().ExecuteDeleteAsync(cancellationToken);
    }

    private sealed class TenantIdValue : JsonConverter<TenantId>
    {
        public override TenantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, TenantId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
