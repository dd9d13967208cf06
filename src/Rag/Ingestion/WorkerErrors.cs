using System.Text;

namespace Tessera.Rag.Ingestion;

/// <summary>Drains a worker's standard error and tells by its words how the process died.</summary>
internal sealed class WorkerErrors : IAsyncDisposable
{
    private const int Kept = 4096;

    private readonly StringBuilder _head = new();
    private readonly Task _draining;

    /// <param name="stream">The standard error; read to its end.</param>
    /// <param name="kill">Called when the runtime reports a stack overflow: printing the whole stack would take seconds.</param>
    public WorkerErrors(Stream stream, Action kill) => _draining = DrainAsync(stream, kill);

    /// <summary>Waits for the end of the stream.</summary>
    /// <returns>A code of <see cref="ReadOutcome.Failed"/>.</returns>
    public async Task<string> VerdictAsync()
    {
        await _draining.ConfigureAwait(false);
        var text = _head.ToString();
        return text.Contains("Stack overflow", StringComparison.Ordinal) ? "too-deep"
            : text.Contains("OutOfMemory", StringComparison.Ordinal) || text.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)
                ? "out-of-memory"
                : "reader-crashed";
    }

    public async ValueTask DisposeAsync() => await _draining.ConfigureAwait(false);

    private async Task DrainAsync(Stream stream, Action kill)
    {
        var buffer = new byte[Kept];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                if (_head.Length < Kept)
                {
                    _head.Append(Encoding.Latin1.GetString(buffer, 0, read));
                    if (_head.ToString().Contains("Stack overflow", StringComparison.Ordinal))
                    {
                        kill();
                    }
                }
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
    }
}
