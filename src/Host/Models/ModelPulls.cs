using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Errors;
using Tessera.Inference;

namespace Tessera.Host.Models;

/// <summary>
/// The pulls of this process, running and ended. One that is cut short, by whatever, goes on where it was when the same file is pulled
/// again. Safe for concurrent use.
/// </summary>
internal sealed partial class ModelPulls(
    IModelHub hub, ModelFiles files, ModelMemory memory, ModelInstaller installer, IServiceScopeFactory scopes,
    IHostApplicationLifetime life, TimeProvider time, ILogger<ModelPulls> logger)
{
    private const int MostKept = 50;
    private const int MostRunning = 4;
    private readonly ConcurrentDictionary<Guid, ModelPull> pulls = [];
    private readonly Lock gate = new();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ModelPull> All => [.. pulls.Values.OrderByDescending(pull => pull.Id)];

    public ModelPull? Find(Guid id) => pulls.GetValueOrDefault(id);

    /// <summary>Begins; where the same is on its way already, that one. Null: too many run.</summary>
    public ModelPull? Start(string reference, ModelRole? role, string? name)
    {
        lock (gate)
        {
            var running = All.Where(pull => !pull.Progress.IsOver).ToList();
            if (running.Find(pull => pull.Reference == reference) is { } same)
            {
                return same;
            }

            if (running.Count >= MostRunning)
            {
                return null;
            }

            foreach (var old in All.Where(pull => pull.Progress.IsOver).Skip(MostKept - 1))
            {
                pulls.TryRemove(old.Id, out _);
            }

            var pull = new ModelPull(reference, time.GetUtcNow());
            pulls[pull.Id] = pull;
            _ = Task.Run(() => RunAsync(pull, role, name), CancellationToken.None);
            return pull;
        }
    }

    // Nobody awaits it: every end is written into the pull.
    private async Task RunAsync(ModelPull pull, ModelRole? role, string? name)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(pull.Stopped, life.ApplicationStopping);
        try
        {
            pull.Progress = await PullAsync(pull, role, name, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            pull.Progress = pull.Progress with { State = PullState.Stopped, Reason = "It was stopped. Pulled again, it goes on where it was." };
        }
        catch (ModelException failed)
        {
            pull.Progress = pull.Progress with { State = PullState.Failed, Reason = failed.Message };
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure, pull.Id);
            pull.Progress = pull.Progress with
            {
                State = PullState.Failed,
                Reason = Faults.IsDiskFull(failure) ? "The disk is full. Free some space and pull it again: it goes on where it was." : "Something broke here; it was logged. Pull it again.",
            };
        }
    }

    private async Task<PullProgress> PullAsync(ModelPull pull, ModelRole? role, string? name, CancellationToken cancellationToken)
    {
        var found = await hub.ResolveAsync(pull.Reference, cancellationToken);
        pull.Progress = new PullProgress(PullState.Receiving, found.Bytes, null, null);
        await using (var scope = scopes.CreateAsyncScope())
        {
            var known = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Models.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Sha256 == found.Sha256 && row.State == ModelState.Ready, cancellationToken);
            if (known is not null)
            {
                return new PullProgress(PullState.Done, found.Bytes, known.Name, null);
            }
        }

        // Before gigabytes are fetched; its context comes on top, as its header will say.
        if (memory.Problem(found.Bytes) is { } large)
        {
            return pull.Progress with { State = PullState.Failed, Reason = large };
        }

        await hub.PullAsync(found, files.PartOf(found.Sha256), new Receipt(pull), cancellationToken);
        pull.Progress = pull.Progress with { State = PullState.Checking };
        using var file = await files.StagePartAsync(found.Sha256, cancellationToken);
        if (file.Sha256 != found.Sha256)
        {
            return pull.Progress with { State = PullState.Failed, Reason = "What the hub sent is not the file that it named. Pull it again." };
        }

        var suggestion = hub.Suggestions.FirstOrDefault(one => one.Name == pull.Reference);
        var origin = new ModelOrigin(found.FileName, name ?? suggestion?.Name, role ?? suggestion?.Role) { Licence = found.Licence, Source = found.Reference };
        return await installer.AddAsync(file, origin, cancellationToken) switch
        {
            Outcome<NewModel>.Done done => pull.Progress with { State = PullState.Done, Model = done.Value.Model.Name },
            Outcome<NewModel>.Refused refused => pull.Progress with { State = PullState.Failed, Reason = refused.Detail },
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    // At once and in order, which Progress<T> does not promise.
    private sealed class Receipt(ModelPull pull) : IProgress<long>
    {
        public void Report(long value) => pull.Received = value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Pull {Id} failed")]
    private static partial void LogFailed(ILogger logger, Exception failure, Guid id);
}
