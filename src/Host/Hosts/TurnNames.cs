using Tessera.Sdk;

namespace Tessera.Host.Hosts;

/// <summary>What turns are taken of.</summary>
internal static class TurnNames
{
    /// <summary>A host starts: it brings rows and files together.</summary>
    public const string Start = "start";

    /// <summary>Packages are taken in and out.</summary>
    public const string Plugins = "plugins";

    /// <summary>Models are taken in and out: two trials at once would take the memory of two models.</summary>
    public const string Models = "models";

    /// <summary>Jobs share it, each while it is worked on; whoever takes it alone finds bytes and indexes at rest.</summary>
    public const string Jobs = "jobs";

    /// <summary>
    /// What indexes hold of a document is changed: a copy that was read before a new revision, or before a deletion, would otherwise be written after it.
    /// </summary>
    public static string Document(Guid document) => $"document:{document:N}";

    /// <summary>Adapted models are kept before a row names them, or deleted because no row does.</summary>
    public static string Adapted(TenantId tenant) => $"adapted:{tenant.Value:N}";
}
