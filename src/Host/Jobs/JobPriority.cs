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
}
