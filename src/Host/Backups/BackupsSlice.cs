namespace Tessera.Host.Backups;

internal static class BackupsSlice
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services.AddScoped<BackupContent>().AddScoped<RestoreBackup>();

    public static IEndpointRouteBuilder MapBackups(this IEndpointRouteBuilder routes)
    {
        routes.MapBackupRoutes();
        return routes;
    }
}
