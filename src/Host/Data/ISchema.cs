namespace Tessera.Host.Data;

/// <summary>Brings the database to this version, at the start, before anything else uses it.</summary>
internal interface ISchema
{
    /// <summary>Does nothing where it is there already. Cut off, it goes on at the next start.</summary>
    /// <exception cref="SchemaException">The database is of a newer version, or cannot be brought to this one.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);
}
