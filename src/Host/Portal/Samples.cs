using Mediator;
using Tessera.Host.Documents;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>The documents that come with Tessera, for a newcomer's first question.</summary>
internal static class Samples
{
    /// <summary>The folder that they are put into.</summary>
    public const string Folder = "Samples";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Adds a domain's samples to the tenant and waits until they can be searched, or for a minute.</summary>
    public static async Task AddAsync(PortalSession session, string domain, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples", domain);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await using var content = File.OpenRead(file);
            await session.UploadAsync(domain, Path.GetFileName(file), Folder, content, cancellationToken);
        }

        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < Patience && !await AreReadAsync(session, domain, cancellationToken))
        {
            await Task.Delay(Glance, clock, cancellationToken);
        }
    }

    private static Task<bool> AreReadAsync(PortalSession session, string domain, CancellationToken cancellationToken) => session.WorkAsync(
        async (services, token) =>
        {
            var page = await services.GetRequiredService<IMediator>().Send(
                new ListDocuments(domain, new PageQuery(200)) { Folder = Folder }, token);
            return page is null || page.Items.All(x => x.Status is "Searchable" or "Failed");
        },
        cancellationToken);
}
