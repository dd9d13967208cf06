namespace Tessera.Soak;

/// <summary>Where a host's rows lie.</summary>
public enum RowsKind
{
    Sqlite,
    Postgres,
}
