using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>What a package says, as a row. Bundled packages are tested after they are active, others before.</summary>
internal static class PluginRow
{
    public static InstalledPlugin Of(VerifiedPackage package, bool bundled, DateTimeOffset now) => new()
    {
        DomainId = package.Manifest.Id,
        Version = package.Manifest.Version,
        PackageSha256 = package.Sha256,
        PublisherKeyId = package.Publisher.KeyId,
        Bundled = bundled,
        State = PluginState.Active,
        Tested = !bundled,
        InstalledAt = Kept(now),
    };

    /// <summary>Makes a row that of another package.</summary>
    public static void Update(InstalledPlugin row, VerifiedPackage package, bool bundled, DateTimeOffset now)
    {
        (row.Version, row.PackageSha256, row.PublisherKeyId) = (package.Manifest.Version, package.Sha256, package.Publisher.KeyId);
        (row.Bundled, row.State, row.Reason, row.Tested, row.InstalledAt) = (bundled, PluginState.Active, null, !bundled, Kept(now));
    }

    // As the database keeps it, so that the reply of an installation says what every later one says.
    private static DateTimeOffset Kept(DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
}
