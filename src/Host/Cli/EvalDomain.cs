using Tessera.Host.Plugins;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;

namespace Tessera.Host.Cli;

/// <summary>
/// A domain for a command that needs no data: loaded from the host's own packages or the installed ones, without the data folder's
/// lock, so that it runs beside a server.
/// </summary>
internal static class EvalDomain
{
    /// <summary>The newest package of the domain that this host would take.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static LoadedPlugin Load(string domain, TesseraOptions options)
    {
        var verifier = new PackageVerifier(PublisherKeys.Load(options.Publishers));
        var packages = new[] { options.PackagesFolder, options.PluginsFolder }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.tessera").Order(StringComparer.Ordinal))
            .Select(file => (verifier.Verify(PackageFile.Read(file)) as PackageVerdict.Verified)?.Package)
            .OfType<VerifiedPackage>()
            .ToList();
        var package = packages.Where(x => x.Manifest.Id == domain).MaxBy(x => x.Version);
        return package is not null
            ? PluginLoader.Load(package, bundled: false)
            : throw new CommandFailedException(
                $"There is no domain '{domain}'. There are: {string.Join(", ", packages.Select(x => x.Manifest.Id).Distinct().Order(StringComparer.Ordinal))}.");
    }
}
