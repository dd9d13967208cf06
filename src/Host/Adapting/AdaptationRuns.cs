using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>The run that is on its way: one at a time, for it takes all processors. Goes on while its job's turns come and go. Safe for concurrent use.</summary>
internal sealed class AdaptationRuns(TenantScopes tenants, AdaptedFiles files, IHostApplicationLifetime life) : IDisposable
{
    private readonly Lock gate = new();
    private AdaptationRun? current;

    public void Dispose() => current?.Dispose();

    /// <summary>The run of an adaptation, begun where none is on its way; null where another's is.</summary>
    public AdaptationRun? Take(Adaptation adaptation)
    {
        lock (gate)
        {
            if (current is null)
            {
                current = new AdaptationRun(adaptation.Id, adaptation.TenantId, life.ApplicationStopping);
                current.Begin(run => RunAsync(run, adaptation));
            }

            return current.Id == adaptation.Id ? current : null;
        }
    }

    /// <summary>Kills what runs for an adaptation.</summary>
    public void Stop(Guid adaptation)
    {
        lock (gate)
        {
            if (current?.Id == adaptation)
            {
                current.Stop();
            }
        }
    }

    /// <summary>Kills what runs for a tenant, and waits until its text is gone.</summary>
    public Task StopAsync(TenantId tenant) => StopAsync(run => run.Tenant == tenant);

    /// <summary>Kills what runs for an adaptation, and waits until its text is gone.</summary>
    public Task StopAsync(Guid adaptation) => StopAsync(run => run.Id == adaptation);

    /// <summary>The run is over and what it made was taken, or is not wanted.</summary>
    public void End(AdaptationRun run)
    {
        lock (gate)
        {
            if (current == run)
            {
                current = null;
            }
        }

        files.EndWork(run.Tenant, run.Id);
        run.Dispose();
    }

    private async Task StopAsync(Predicate<AdaptationRun> isMeant)
    {
        AdaptationRun? run;
        lock (gate)
        {
            run = current is not null && isMeant(current) ? current : null;
            run?.Stop();
        }

        if (run is not null)
        {
            await run.Work.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            End(run);
        }
    }

    private async Task<AdaptationResult> RunAsync(AdaptationRun run, Adaptation adaptation)
    {
        await using var scope = tenants.Open(run.Tenant);
        try
        {
            return await scope.ServiceProvider.GetRequiredService<AdaptationWork>().RunAsync(adaptation, run, run.Stopped);
        }
        catch
        {
            files.EndWork(run.Tenant, run.Id);
            throw;
        }
    }
}

/// <summary>A run of one adaptation.</summary>
internal sealed class AdaptationRun(Guid id, TenantId tenant, CancellationToken stopping) : IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private double share;

    public Guid Id => id;

    public TenantId Tenant => tenant;

    public CancellationToken Stopped => stop.Token;

    /// <summary>The share done, 0 to 1.</summary>
    public double Share => Volatile.Read(ref share);

    public Task<AdaptationResult> Work { get; private set; } = null!;

    public void Begin(Func<AdaptationRun, Task<AdaptationResult>> work) => Work = Task.Run(() => work(this), CancellationToken.None);

    public void Stop() => stop.Cancel();

    public void Report(double value) => Volatile.Write(ref share, value);

    public void Dispose() => stop.Dispose();
}
