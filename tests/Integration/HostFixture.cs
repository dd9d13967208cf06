using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Identity;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

[assembly: AssemblyFixture(typeof(Tessera.Integration.HostFixture))]

namespace Tessera.Integration;

/// <summary>
/// The real host on a real port over a folder of its own. The one that tests get by their constructor is shared by the
/// whole assembly: make tenants of your own in it. <see cref="StartAsync"/> makes another, with options of your own.
/// </summary>
public sealed class HostFixture : IAsyncLifetime
{
    private readonly string folder;
    private readonly bool keepFolder;
    private readonly StringWriter announcements = new();
    private readonly List<HttpClient> clients = [];
    private readonly Action<IServiceProvider>? beforeStart;
    private WebApplication? app;

    public HostFixture()
        : this(null, null, null)
    {
    }

    private HostFixture(string? folder, Func<TesseraOptions, TesseraOptions>? change, Action<IServiceProvider>? beforeStart)
    {
        this.beforeStart = beforeStart;
        keepFolder = folder is not null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("tessera-host-").FullName;
        var options = new TesseraOptions
        {
            DataFolder = Path.Combine(this.folder, "data"), Urls = "http://127.0.0.1:0", Announcements = announcements,
        };
        Options = change?.Invoke(options) ?? options;
    }

    internal TesseraOptions Options { get; private set; }

    internal IServiceProvider Services => app!.Services;

    /// <summary>What the start printed.</summary>
    internal string Announced => announcements.ToString();

    internal Uri Address { get; private set; } = null!;

    /// <summary>A host of your own; with a folder given it is kept when the host goes. Dispose it.</summary>
    internal static async Task<HostFixture> StartAsync(
        Func<TesseraOptions, TesseraOptions>? change = null, string? folder = null, Action<IServiceProvider>? beforeStart = null)
    {
        var host = new HostFixture(folder, change, beforeStart);
        try
        {
            await host.InitializeAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask InitializeAsync()
    {
        Options = await Rows.PlaceAsync(Options);
        app = TesseraHost.Build(Options, []);
        await TesseraHost.PrepareAsync(app, CancellationToken.None);
        beforeStart?.Invoke(app.Services);
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
    }

    /// <summary>A client without cookies that follows no redirects; with a key it speaks for the key's user.</summary>
    internal HttpClient Client(string? key = null, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2),
        };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        clients.Add(client);
        return client;
    }

    /// <summary>A fresh tenant.</summary>
    internal async Task<TenantId> AddTenantAsync(string? name = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var id = new TenantId(Guid.CreateVersion7());
        name ??= $"tenant-{id.Value:N}";
        catalog.Tenants.Add(new Tenant { Id = id, Name = name, NameKey = name, CreatedAt = TimeProvider.System.GetUtcNow() });
        await catalog.SaveChangesAsync();
        return id;
    }

    /// <summary>A fresh user of a tenant with a password and a key.</summary>
    internal async Task<TestCaller> AddCallerAsync(
        TenantId tenant, TenantRole role, bool isPlatformAdministrator = false, params string[] scopes)
    {
        await using var scope = Services.CreateAsyncScope();
        var catalog = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var now = TimeProvider.System.GetUtcNow();
        var user = new User
        {
            Id = Guid.CreateVersion7(), UserName = $"user-{Guid.NewGuid():N}", IsPlatformAdministrator = isPlatformAdministrator, CreatedAt = now,
        };
        var password = FirstStart.MakePassword();
        Assert.True((await users.CreateAsync(user, password)).Succeeded);
        var keyId = Guid.CreateVersion7();
        var key = KeyText.Make(keyId);
        catalog.Memberships.Add(new Membership { UserId = user.Id, TenantId = tenant, Role = role });
        catalog.ApiKeys.Add(new ApiKey
        {
            Id = keyId, UserId = user.Id, TenantId = tenant, Name = "test", Hash = KeyText.Hash(key), Scopes = [.. scopes], CreatedAt = now,
        });
        await catalog.SaveChangesAsync();
        return new TestCaller(tenant, user.Id, user.UserName, password, keyId, key, Client(key));
    }

    /// <summary>A scope of the host's services in which somebody of a tenant works; dispose it.</summary>
    internal AsyncServiceScope Scope(TenantId tenant, CallerIdentity? caller = null)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant, caller ?? CallerIdentity.Operator);
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await announcements.DisposeAsync();
        if (!keepFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
