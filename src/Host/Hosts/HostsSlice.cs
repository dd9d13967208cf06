using Npgsql;
using Tessera.Host.Startup;

namespace Tessera.Host.Hosts;

/// <summary>What lets several hosts work on the same rows and files.</summary>
internal static class HostsSlice
{
    public static IServiceCollection AddHosts(this IServiceCollection services, TesseraOptions options)
    {
        services.AddSingleton<Abandoned>();
        if (!options.IsServer)
        {
            return services.AddSingleton<ITurns, ProcessTurns>();
        }

        services.AddSingleton<ITurns>(provider => new SharedTurns(provider.GetRequiredService<NpgsqlDataSource>()));
        return options.Operator is null ? services.AddHostedService<HostWatch>() : services;
    }
}
