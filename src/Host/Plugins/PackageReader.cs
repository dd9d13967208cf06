using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>Reads packages from the disk, verified anew each time, so that one which was changed there is refused. Safe for concurrent use.</summary>
internal sealed class PackageReader(PackageVerifier verifier, PluginFiles files)
{
    /// <summary>The package of a file; one that cannot be read is refused as <c>unreadable</c>.</summary>
    public async Task<PackageVerdict> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return verifier.Verify(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new PackageVerdict.Refused(new PackageRefusal("unreadable", $"{Path.GetFileName(path)} cannot be read: {closed.Message}"));
        }
    }

    /// <summary>The package of a row; one that is gone, or not the one that was installed, is refused as <c>missing-file</c>.</summary>
    public async Task<PackageVerdict> ReadAsync(InstalledPlugin row, CancellationToken cancellationToken)
    {
        var path = files.PathOf(row.PackageSha256);
        var verdict = File.Exists(path) ? await ReadAsync(path, cancellationToken) : null;
        return verdict switch
        {
            PackageVerdict.Verified { Package: var package } when package.Sha256 == row.PackageSha256 && package.Manifest.Id == row.DomainId => verdict,
            PackageVerdict.Refused => verdict,
            _ => new PackageVerdict.Refused(new PackageRefusal("missing-file", "The package is no longer as it was installed. Install it again.")),
        };
    }
}
