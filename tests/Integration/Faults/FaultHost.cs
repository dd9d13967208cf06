using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tessera.Host.Data;
using Tessera.Host.Data.Postgres;
using Tessera.Host.Hosts;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;

namespace Tessera.Integration.Faults;

/// <summary>
/// A host of the product's own making whose services are changed as it is built. It tells of its building by the events that every .NET host sends, so it
/// needs no door for tests.
/// </summary>
internal sealed class FaultHost : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<FaultHost?> Building = new();
    private readonly List<IDisposable> subscriptions = [];

    private FaultHost()
    {
    }

    public FaultPlan Plan { get; } = new();

    public MovedTime Time { get; } = new();

    public HostFixture Host { get; private set; } = null!;

    public static async Task<FaultHost> StartAsync()
    {
        var made = new FaultHost();
        made.subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(made));
        Building.Value = made;
        made.Host = await HostFixture.StartAsync();
        return made;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // Other tests build hosts too: each is told to whoever builds it.
        if (Building.Value == this && value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices(Change);
        }
    }

    public void OnCompleted()
    {
        // Listeners come and go.
    }

    public void OnError(Exception error) => throw error;

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());

    private void Change(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Time);
        Wrap<IChunkStores>(services, inner => new FaultingStores(Plan, inner));
        Wrap<IDocumentReader>(services, inner => new FaultingReader(Plan, inner));
        Wrap<ITurns>(services, inner => new FaultingTurns(Plan, inner));
        services.ConfigureDbContext<CatalogDbContext>(AddFaults).ConfigureDbContext<TenantDbContext>(AddFaults);
        services.ConfigureDbContext<PostgresCatalogDbContext>(AddFaults).ConfigureDbContext<PostgresTenantDbContext>(AddFaults);
    }

    private void AddFaults(DbContextOptionsBuilder options) => options.AddInterceptors(new FaultingCommands(Plan), new FaultingCommits(Plan));

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(provider => wrap((T)inner.ImplementationFactory?.Invoke(provider)! ?? (T)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)));
    }
}
