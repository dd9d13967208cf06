namespace Tessera.Host.Jobs;

/// <summary>What goes first, lowest number first.</summary>
internal static class JobPriority
{
    /// <summary>What was deleted goes before anything else is done.</summary>
    public const int Purge = 0;

    /// <summary>Somebody waits for it.</summary>
    public const int Upload = 10;

    /// <summary>Entries of an archive let single uploads pass.</summary>
    public const int Entry = 20;

    /// <summary>Nobody waits for it: searches go on in the index that there is.</summary>
    public const int Reindex = 30;

    /// <summary>It looks after a child that learns, now and then.</summary>
    public const int Adapt = 40;
}
