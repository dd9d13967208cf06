namespace Tessera.Host.Startup;

/// <summary>The data folder belongs to a server that runs.</summary>
internal sealed class DataFolderBusyException(string lockFile, Exception? inner = null)
    : Exception($"The data folder is in use: another Tessera holds {lockFile}. Stop it, name another folder with --data, or send the command to it with --url.", inner);
