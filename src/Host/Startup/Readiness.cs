namespace Tessera.Host.Startup;

/// <summary>Whether the data folder is prepared and the domains are loaded.</summary>
internal sealed class Readiness
{
    private volatile bool ready;

    public bool IsReady => ready;

    public void Set() => ready = true;
}
