namespace Tessera.Host.Backups;

/// <summary>A backup cannot be restored, as sentences for people.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
