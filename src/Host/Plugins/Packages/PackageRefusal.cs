namespace Tessera.Host.Plugins.Packages;

/// <summary>Why a package is not taken.</summary>
/// <param name="Code">
/// Stable: too-large, not-canonical, bad-name, bad-manifest, unsigned, unknown-publisher, bad-signature, hash-mismatch, missing-file,
/// extra-file, sdk-range, downgrade, version-taken, other-publisher, bad-adapter, cannot-load, golden-set-failed, unreadable.
/// </param>
/// <param name="Reason">What is wrong and the way out, in words for an administrator.</param>
internal sealed record PackageRefusal(string Code, string Reason);

/// <summary>Thrown inside the package code alone; its doors return the refusal.</summary>
internal sealed class PackageRefusedException(string code, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public PackageRefusal Refusal { get; } = new(code, reason);
}
