using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Npgsql;

namespace Tessera.Host.Jobs;

/// <summary>Where Hangfire keeps its wake-ups: in memory, or where all hosts see them.</summary>
internal static class WakeUpStorage
{
    public const string Schema = "hangfire";
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public static JobStorage InMemory() => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(1) });

    /// <summary>A wake-up may work for hours: while its host lives, nobody else takes it.</summary>
    public static JobStorage Shared(NpgsqlDataSource source) => new PostgreSqlStorage(
        new Connections(source),
        new PostgreSqlStorageOptions
        {
            SchemaName = Schema, PrepareSchemaIfNecessary = false, UseSlidingInvisibilityTimeout = true, InvisibilityTimeout = Invisible, QueuePollInterval = Poll,
        });

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
