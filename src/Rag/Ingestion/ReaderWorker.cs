using System.ComponentModel;
using System.Diagnostics;
using Tessera.Reader.Protocol;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>One Reader process, bound to one tenant. One file at a time.</summary>
internal sealed class ReaderWorker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly string _scratch;
    private readonly WorkerErrors _errors;
    private int _files;

    private ReaderWorker(Process process, ReaderOptions options, TimeProvider time, string scratch, TenantId tenant)
    {
        (_process, _options, _time, _scratch, Tenant) = (process, options, time, scratch, tenant);
        _errors = new WorkerErrors(process.StandardError.BaseStream, Kill);
    }

    public TenantId Tenant { get; }

    public int ProcessId => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <summary>When it last became idle.</summary>
    public long IdleSince { get; private set; }

    /// <summary>Whether it may read another file of its tenant.</summary>
    public bool Reusable { get; private set; } = true;

    /// <exception cref="TransientException">The process could not be started.</exception>
    public static async Task<ReaderWorker> StartAsync(
        ReaderOptions options, NetworkWall wall, TenantId tenant, TimeProvider time, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(options.ScratchFolder, $"reader-{Guid.NewGuid():N}")).FullName;
        ReaderWorker? worker = null;
        try
        {
            worker = new ReaderWorker(Process.Start(ChildLaunch.Start(options.Assembly, [], wall, scratch, options.HeapLimit))!, options, time, scratch, tenant);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            await using var stop = limit.Token.UnsafeRegister(static x => ((ReaderWorker)x!).Kill(), worker).ConfigureAwait(false);
            var first = await worker.NextAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return first is ReadReply.Ready ? worker : throw new TransientException("The Reader process ended at its start.");
        }
        catch (Exception e)
        {
            if (worker is not null)
            {
                await worker.DisposeAsync().ConfigureAwait(false);
            }

            DeleteScratch(scratch);
            throw e is Win32Exception or IOException or InvalidDataException
                ? new TransientException("The Reader process could not be started.", e)
                : e;
        }
    }

    /// <exception cref="OperationCanceledException">Cancelled; the process was stopped.</exception>
    public async Task<ReadOutcome> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var limit = _options.TimeLimit + (_options.TimePerMegabyte * (new FileInfo(request.Path).Length / (double)(1 << 20)));
        var watch = new WorkerWatch(_process.Id, limit, _options, _time, Kill);
        ReadOutcome? outcome;
        await using (watch.ConfigureAwait(false))
        await using (cancellationToken.UnsafeRegister(static x => ((ReaderWorker)x!).Kill(), this).ConfigureAwait(false))
        {
            outcome = await ConverseAsync(request, watch).ConfigureAwait(false);
        }

        // From here on nothing stops the process; one that was stopped at its last word must not be kept.
        cancellationToken.ThrowIfCancellationRequested();
        Reusable = outcome is not null && watch.Verdict is null && ++_files < _options.FilesPerWorker
            && outcome is not ReadOutcome.Failed { Code: "out-of-memory" }
            && ResidentMemory.Of(_process.Id) < _options.ResidentToReplace;
        IdleSince = _time.GetTimestamp();
        return outcome ?? ReadFaults.Explain(watch.Verdict ?? await _errors.VerdictAsync().ConfigureAwait(false), limit);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _errors.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
        DeleteScratch(_scratch);
    }

    /// <returns>Null where the process died, was stopped or spoke another language.</returns>
    private async Task<ReadOutcome?> ConverseAsync(ReadRequest request, WorkerWatch watch)
    {
        var replies = new ReplyCollector(request, watch.GrantPage);
        try
        {
            var input = _process.StandardInput.BaseStream;
            Frames.Write(input, request, ProtocolJson.Wire.ReadRequest);
            await input.FlushAsync().ConfigureAwait(false);
            while (await NextAsync().ConfigureAwait(false) is { } reply)
            {
                if (replies.Take(reply) is { } outcome)
                {
                    return outcome;
                }
            }

            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Kill();
            return null;
        }
    }

    private Task<ReadReply?> NextAsync() =>
        Frames.ReadAsync(_process.StandardOutput.BaseStream, ProtocolJson.Wire.ReadReply, CancellationToken.None);

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static void DeleteScratch(string scratch)
    {
        try
        {
            Directory.Delete(scratch, recursive: true);
        }
        catch (IOException)
        {
            // Gone already, or a tool of the worker is just ending: the folder is emptied at the next start of the host.
        }
    }
}
