using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tessera.Host.Data;

/// <summary>Makes a rename in a folder survive a loss of power. Windows does so by itself.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Returns when the folder's entries are on the disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Marshal.StringToCoTaskMemUTF8(folder), ReadOnly);
        if (descriptor < 0)
        {
            throw Fault();
        }

        var synced = NativeSync(descriptor) == 0;
        var fault = Fault();
        _ = NativeClose(descriptor);

        // Some network folders have no such call: there it is the server's business.
        if (!synced && fault.HResult != InvalidArgument)
        {
            throw fault;
        }
    }

    private static int Open(nint path, int flags)
    {
        try
        {
            return NativeOpen(path, flags);
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    private static IOException Fault()
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException(new Win32Exception(code).Message, code);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen(nint path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
