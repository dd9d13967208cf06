namespace Tessera.Host.Jobs;

/// <summary>What goes first, lowest number first.</summary>
internal static class JobPriority
{
    /// <summary>What was deleted goes before anything else is done.</summary>
    public const int Purge = 0;

    /// <summary>An administrator wants it before the others.</summary>
    public const int First = 5;

    /// <summary>Somebody waits for it.</summary>
    public const int Upload = 10;

    /// <summary>Entries of an archive let single uploads pass.</summary>
    public const int Entry = 20;

    /// <summary>Nobody waits for it: searches go on in the index that there is.</summary>
    public const int Reindex = 30;

    /// <summary>It looks after a child that learns, now and then.</summary>
    public const int Adapt = 40;

    /// <summary>An administrator wants it after the others.</summary>
    public const int Last = 90;

    public const string FirstName = "first";
    public const string NormalName = "normal";
    public const string LastName = "last";

    /// <summary>The number of a name, for a kind of job.</summary>
    public static int Of(string name, JobKind kind) => (name, kind) switch
    {
        (FirstName, _) => First,
        (LastName, _) => Last,
        (_, JobKind.Reindex) => Reindex,
        (_, JobKind.Adapt) => Adapt,
        _ => Upload,
    };

    /// <summary>What administrators call a number.</summary>
    public static string NameOf(int priority) => priority switch
    {
        First => FirstName,
        Last => LastName,
        _ => NormalName,
    };
}
