using Microsoft.AspNetCore.Http.Features;
using Serilog.Events;
using Tessera.Host.Adapting;
using Tessera.Host.Answers;
using Tessera.Host.Answers.Load;
using Tessera.Host.Backups;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Hosts;
using Tessera.Host.Identity;
using Tessera.Host.Indexes;
using Tessera.Host.Jobs;
using Tessera.Host.Models;
using Tessera.Host.Observability;
using Tessera.Host.OpenAi;
using Tessera.Host.Plugins;
using Tessera.Host.Portal;
using Tessera.Host.Tenants;

namespace Tessera.Host.Startup;

/// <summary>Puts the house together; used by <c>serve</c>, by the commands that work offline and by the tests.</summary>
internal static class TesseraHost
{
    private const long LargestBody = 1024 * 1024;

    /// <summary>Builds without touching the disk.</summary>
    /// <exception cref="OptionsException">The options are not good to start with.</exception>
    public static WebApplication Build(TesseraOptions options, string[] args)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsReader.Check(options);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // The folder that a person happens to stand in holds no configuration of ours.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(TesseraHost).Assembly.GetName().Name,
            // An address that is none is nobody's file either: it gets the 404 that all get.
            Args = [.. args, "--hostBuilder:reloadConfigOnChange=false", "--DisableStaticAssetNotFoundRuntimeFallback=true"],
        });
        if (options.Operator is null)
        {
            builder.WebHost.UseUrls(options.Urls);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (options.Operator is { } door)
            {
                kestrel.ListenUnixSocket(door.Socket);
            }

            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        // Run as it was built, the portal's files lie in packages and sources; where it was published this finds nothing to do.
        builder.WebHost.UseStaticWebAssets();
        AddServices(builder.Services, options);
        builder.AddObservability(options);

        var app = builder.Build();
        Use(app, options);
        app.MapObservability();
        app.MapReference();
        app.MapIdentity().MapTenants().MapDocuments().MapJobs().MapAnswers().MapConversations().MapPlugins().MapModels().MapAdapting().MapOpenAi().MapBackups().MapPortal();
        return app;
    }

    /// <summary>Takes the data folder and makes it ready: lock, migrations, first start, bundled packages.</summary>
    /// <exception cref="DataFolderBusyException">Another process owns the folder.</exception>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        await using var scope = app.Services.CreateAsyncScope();
        await OpenAsync(scope.ServiceProvider, cancellationToken);
        await using var turn = await app.Services.GetRequiredService<ITurns>().TakeAsync(TurnNames.Start, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<FirstStart>().EnsureAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ModelReconciler>().StartAsync(cancellationToken);
        var untested = await scope.ServiceProvider.GetRequiredService<PluginReconciler>().StartAsync(cancellationToken);
        await app.Services.GetRequiredService<AdaptationReconciler>().StartAsync(cancellationToken);
        await app.Services.GetRequiredService<IndexReconciler>().StartAsync(cancellationToken);
        if (app.Services.GetRequiredService<TesseraOptions>().Operator is null)
        {
            await scope.ServiceProvider.GetRequiredService<LeftOvers>().SweepAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<GoneUsers>().SweepAsync(cancellationToken);
            app.Services.GetRequiredService<BundledGolden>().Expect(untested);
        }

        app.Services.GetRequiredService<Readiness>().Set();
    }

    /// <summary>Brings a backup into a place that is empty. Nothing listens.</summary>
    /// <exception cref="DataFolderBusyException">Another process owns the folder.</exception>
    /// <exception cref="BackupException">See <see cref="RestoreBackup.RunAsync"/>.</exception>
    public static async Task<BackupSummary> RestoreAsync(TesseraOptions options, BackupFile backup, CancellationToken cancellationToken)
    {
        await using var app = Build(options, []);
        await using var scope = app.Services.CreateAsyncScope();
        await OpenAsync(scope.ServiceProvider, cancellationToken);
        await using var turn = await app.Services.GetRequiredService<ITurns>().TakeAsync(TurnNames.Start, cancellationToken);
        return await scope.ServiceProvider.GetRequiredService<RestoreBackup>().RunAsync(backup, cancellationToken);
    }

    /// <summary>Runs until it is told to stop. The last line of the start is <c>Tessera is ready: URL</c>.</summary>
    public static async Task ServeAsync(TesseraOptions options, string[] args, CancellationToken cancellationToken)
    {
        await using var app = Build(options, args);
        await PrepareAsync(app, cancellationToken);
        await app.StartAsync(cancellationToken);
        await options.Announcements.WriteLineAsync($"Portal: {app.Urls.FirstOrDefault()}");
        await options.Announcements.WriteLineAsync($"Tessera is ready: {string.Join(' ', app.Urls)}");
        await options.Announcements.FlushAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task OpenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        DataFolder.EnsureCreated(services.GetRequiredService<TesseraOptions>());
        services.GetRequiredService<DataLock>().Take();
        DataFolder.EmptyScratch(services.GetRequiredService<TesseraOptions>(), services.GetRequiredService<Abandoned>());
        await services.GetRequiredService<ISchema>().MigrateAsync(cancellationToken);
    }

    private static void AddServices(IServiceCollection services, TesseraOptions options)
    {
        services.AddSingleton(options).AddSingleton(TimeProvider.System).AddSingleton<DataLock>().AddSingleton<Readiness>();
        services.AddHostLogging(options.Operator is null ? LogEventLevel.Information : LogEventLevel.Error, options.OtlpEndpoint is not null);
        services.AddMediator(mediator =>
        {
            mediator.ServiceLifetime = ServiceLifetime.Scoped;
            mediator.GenerateTypesAsInternal = true;
            mediator.PipelineBehaviors = [typeof(RightBehavior<,>)];
            mediator.StreamPipelineBehaviors = [typeof(RightStreamBehavior<,>)];
        });
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = options.UploadLimit);
        services.AddReference();
        services.AddEngine();
        services.AddErrors().AddData(options).AddHosts(options).AddIdentity(options).AddTenants().AddDocuments().AddIndexes().AddJobs(options).AddAnswers(options).AddConversations().AddPlugins().AddModels().AddAdapting().AddOpenAi().AddBackups().AddPortal();
    }

    private static void Use(WebApplication app, TesseraOptions options)
    {
        if (options.BehindProxy)
        {
            app.UseForwardedHeaders(ProxyHeaders.Options());
        }

        app.Use(SecurityHeaders.AddAsync);
        app.UseErrors();
        app.UseMiddleware<HostAllowList>();
        app.UseRouting();
        app.UseMiddleware<QuestionDoor>();
        app.UseAuthentication();
        app.UseMiddleware<CallerDoor>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<Idempotency>();
    }
}
