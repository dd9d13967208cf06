namespace Tessera.Host.Plugins.Packages;

/// <summary>A file of a package.</summary>
/// <param name="Path">Forward slashes, never absolute, checked by <see cref="PackagePath"/>.</param>
/// <param name="Bytes">The whole file.</param>
internal sealed record PackageEntry(string Path, ReadOnlyMemory<byte> Bytes);
