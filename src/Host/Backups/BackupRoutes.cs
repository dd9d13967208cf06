using Mediator;
using Tessera.Host.Identity;

namespace Tessera.Host.Backups;

/// <summary>Backups over HTTP.</summary>
internal static class BackupRoutes
{
    public const string Root = "/api/v1/admin/backups";

    public static void MapBackupRoutes(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Root, MakeAsync).WithTags("Backups").RequireRight(Right.ManagePlatform).Produces<BackupView>();

    private static async Task<IResult> MakeAsync(IMediator mediator, CancellationToken cancellationToken) =>
        Results.Ok(await mediator.Send(new MakeBackup(), cancellationToken));
}
