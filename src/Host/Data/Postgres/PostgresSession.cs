using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tessera.Host.Data.Postgres;

/// <summary>
/// Tells the database whose rows a connection may see, at each opening: the pool gives connections from hand to hand, and the policies of the tables
/// ask for <c>app.tenant</c>. Without a tenant it is empty, and nothing is seen.
/// </summary>
internal sealed class PostgresSession : DbConnectionInterceptor
{
    /// <summary>The setting that the policies read.</summary>
    public const string Setting = "app.tenant";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection, eventData);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, eventData);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(DbConnection connection, ConnectionEndEventData eventData)
    {
        var command = connection.CreateCommand();
        command.CommandText = $"SELECT set_config('{Setting}', $1, false)";
        var tenant = command.CreateParameter();
        tenant.Value = (eventData.Context as TenantDbContext)?.TenantOrNone?.Value.ToString("D") ?? "";
        command.Parameters.Add(tenant);
        return command;
    }
}
