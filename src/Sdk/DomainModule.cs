namespace Tessera.Sdk;

/// <summary>The entry of a plugin: one public, parameterless type per package, named in the manifest.</summary>
public abstract class DomainModule
{
    /// <summary>What the domain is.</summary>
    public abstract DomainProfile Profile { get; }

    /// <summary>Hands the domain's roles to the host. Called once, before any use.</summary>
    public abstract void Configure(IDomainBuilder domain);
}
