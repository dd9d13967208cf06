using System.Globalization;

namespace Tessera.Host.Startup;

/// <summary>The data folder has one owner at a time: whoever holds <c>lock</c> open. The system lets it go when the process ends.</summary>
internal sealed class DataLock(TesseraOptions options) : IDisposable
{
    private FileStream? held;

    /// <exception cref="DataFolderBusyException">Another process owns the folder.</exception>
    public void Take()
    {
        if (held is not null)
        {
            return;
        }

        try
        {
            held = new FileStream(options.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(options.LockFile))
        {
            throw new DataFolderBusyException(Path.GetFullPath(options.LockFile), exception);
        }

        held.SetLength(0);
        held.Write(System.Text.Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        held.Flush();
    }

    public void Dispose() => held?.Dispose();
}
