using System.Reflection;
using System.Runtime.Loader;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Plugins;

/// <summary>
/// The code of one package, loaded from the bytes that were verified and never from a file. It gets the host's contracts, the
/// assemblies of its own package, and the framework. No wall: a package runs with the rights of the host.
/// </summary>
internal sealed class PluginLoadContext(VerifiedPackage package) : AssemblyLoadContext($"{package.Manifest.Id}-{package.Manifest.Version}", isCollectible: true)
{
    private const string Ending = ".dll";

    // One type each for both sides, or a plugin's chunker would not be the host's IChunker.
    private static readonly string[] Shared =
        ["Tessera.Sdk", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.Logging.Abstractions"];

    // Copies of the code alone: the package with its models, which are many times as large, is let go once the domain is loaded.
    private readonly Dictionary<string, byte[]> assemblies = package.Entries
        .Where(entry => entry.Path.EndsWith(Ending, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Path, entry => entry.Bytes.ToArray(), StringComparer.Ordinal);

    /// <summary>The assembly of that name in the package, or null.</summary>
    public Assembly? LoadFromPackage(string file)
    {
        if (!assemblies.TryGetValue(file, out var bytes))
        {
            return null;
        }

        using var code = new MemoryStream(bytes, writable: false);
        return LoadFromStream(code);
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is not { } name || Shared.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : LoadFromPackage(name + Ending);

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        throw new DllNotFoundException($"A domain brings no native code: '{unmanagedDllName}' is not loaded.");
}
