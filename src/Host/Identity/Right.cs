namespace Tessera.Host.Identity;

/// <summary>What an endpoint or a message asks of its caller.</summary>
internal enum Right
{
    ReadDocuments,
    Ask,
    WriteDocuments,
    ManageTenant,
    ManagePlatform,
}
