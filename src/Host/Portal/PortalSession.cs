using Mediator;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using System.Security.Claims;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;

namespace Tessera.Host.Portal;

/// <summary>
/// One person at the portal. Each piece of work gets a scope of its own and goes through the same messages, rights and
/// tenant filters as the API; who the person is, is read anew from the rows each time, so a suspended user stops here too.
/// </summary>
public sealed class PortalSession
{
    private readonly IServiceScopeFactory _scopes;
    private readonly AuthenticationStateProvider _authentication;
    private readonly NavigationManager _navigation;
    private CallerIdentity? _caller;

    internal PortalSession(
        IServiceScopeFactory scopes, AuthenticationStateProvider authentication, NavigationManager navigation, TesseraOptions options)
    {
        (_scopes, _authentication, _navigation) = (scopes, authentication, navigation);
        (UploadLimit, ModelLimit) = (options.UploadLimit, options.ModelLimit);
    }

    /// <summary>Name of the tenant.</summary>
    public string TenantName { get; private set; } = "";

    /// <summary>Name of the person.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>Largest upload in bytes.</summary>
    public long UploadLimit { get; }

    /// <summary>Largest model in bytes.</summary>
    public long ModelLimit { get; }

    /// <summary>The server elsewhere that the tenant lets write its answers; null: everything stays on this machine.</summary>
    public string? RemoteHost { get; private set; }

    /// <summary>Who is here was read anew.</summary>
    public event Action? Entered;

    internal bool May(Right right) => _caller?.Has(right) == true;

    /// <summary>Reads who is here. Called before anything is shown, and when what it reads was changed.</summary>
    public async Task EnterAsync() => await WorkAsync(async (services, cancellationToken) =>
    {
        var current = services.GetRequiredService<CurrentTenant>();
        var catalog = services.GetRequiredService<CatalogDbContext>();
        TenantName = (await catalog.Tenants.FindAsync([current.Id], cancellationToken))?.Name ?? "";
        RemoteHost = await catalog.TenantRemotes.FindAsync([current.Id], cancellationToken) is { Enabled: true } remote && new Uri(remote.BaseUrl) is { IsLoopback: false } address ? address.Host : null;
        Entered?.Invoke();
        return true;
    });

    internal Task<T> SendAsync<T>(IRequest<T> message, CancellationToken cancellationToken = default) =>
        WorkAsync((services, token) => services.GetRequiredService<IMediator>().Send(message, token).AsTask(), cancellationToken);

    internal async Task<T> WorkAsync<T>(
        Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        await using var scope = await OpenAsync(cancellationToken);
        return await work(scope.ServiceProvider, cancellationToken);
    }

    /// <summary>A scope that acts for the person; whoever asked disposes it.</summary>
    internal async Task<AsyncServiceScope> OpenAsync(CancellationToken cancellationToken)
    {
        var scope = _scopes.CreateAsyncScope();
        try
        {
            var principal = (await _authentication.GetAuthenticationStateAsync()).User;
            if (CallerClaims.Read(principal) is var (tenant, claimed)
                && principal.FindFirstValue(CallerClaims.Stamp) is { Length: > 0 } stamp
                && await scope.ServiceProvider.GetRequiredService<CallerLookup>().BySessionAsync(claimed.UserId, tenant, stamp, cancellationToken) is var (user, membership))
            {
                _caller = new CallerIdentity(user.Id, membership.Role, user.IsPlatformAdministrator, []);
                UserName = user.UserName ?? "";
                scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, _caller);
                return scope;
            }
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }

        await scope.DisposeAsync();
        _navigation.NavigateTo(AccountRoutes.SignInPage, forceLoad: true);
        throw new OperationCanceledException("The session has ended.");
    }
}
