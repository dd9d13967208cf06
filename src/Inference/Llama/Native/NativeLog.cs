using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Tessera.Inference.Llama.Native;

/// <summary>
/// The native library's own lines. It writes of files, shapes and memory, never of prompts. Warnings and errors go to the logger; the last
/// error is kept, because a failed call returns nothing but null.
/// </summary>
internal static partial class NativeLog
{
    private const int Warning = 3;

    private const int Error = 4;

    private const int Longest = 300;

    private static readonly AsyncLocal<LastError?> Watcher = new();

    private static ILogger? logger;

    /// <summary>Where lines go from now on; null: nowhere.</summary>
    public static void SendTo(ILogger? target) => Volatile.Write(ref logger, target);

    public static unsafe void Attach() =>
        LlamaApi.llama_log_set((nint)(delegate* unmanaged[Cdecl]<int, byte*, nint, void>)&Write, 0);

    /// <summary>Collects what the calls that this thread makes complain of, until the end of the work.</summary>
    public static T Watch<T>(Func<T> work, out string? complaint)
    {
        var last = Watcher.Value = new LastError();
        try
        {
            return work();
        }
        finally
        {
            complaint = last.Text;
            Watcher.Value = null;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nothing may cross into native code.")]
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Write(int level, byte* text, nint userData)
    {
        if (level is not (Warning or Error))
        {
            return;
        }

        var line = (Marshal.PtrToStringUTF8((nint)text) ?? "").Trim();
        line = line.Length > Longest ? line[..Longest] : line;
        if (line.Length == 0)
        {
            return;
        }

        if (level == Error && Watcher.Value is { } watcher)
        {
            watcher.Text ??= line;
        }

        try
        {
            if (Volatile.Read(ref logger) is { } target)
            {
                LogLine(target, level == Error ? LogLevel.Error : LogLevel.Warning, line);
            }
        }
        catch (Exception)
        {
            // An exception that crosses into native code ends the process; a line of a log is not worth that.
        }
    }

    [LoggerMessage(Message = "llama.cpp: {Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string line);

    private sealed class LastError
    {
        public string? Text { get; set; }
    }
}
