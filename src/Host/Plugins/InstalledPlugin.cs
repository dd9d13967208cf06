namespace Tessera.Host.Plugins;

/// <summary>A domain package that was installed: what should be loaded.</summary>
internal sealed class InstalledPlugin
{
    /// <summary>Also the key: one version of a domain is installed at a time.</summary>
    public required string DomainId { get; init; }

    public required string Version { get; set; }

    public required string PackageSha256 { get; set; }

    public required string PublisherKeyId { get; set; }

    /// <summary>It is the package that came with the host, not one that an administrator installed.</summary>
    public required bool Bundled { get; set; }

    public required PluginState State { get; set; }

    /// <summary>Why it was refused or failed.</summary>
    public string? Reason { get; set; }

    /// <summary>Its golden set has passed on this machine.</summary>
    public bool Tested { get; set; }

    public required DateTimeOffset InstalledAt { get; set; }
}

internal enum PluginState
{
    Active,

    /// <summary>Its own test questions did not pass on this machine.</summary>
    Refused,

    /// <summary>It could not be verified or loaded at the last start; the next one tries again.</summary>
    Failed,
}
