namespace Tessera.Host.Cli;

/// <summary>What every command returns.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
}
