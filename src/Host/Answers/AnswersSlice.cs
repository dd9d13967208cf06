using Tessera.Host.Answers.Load;
using Tessera.Host.Startup;

namespace Tessera.Host.Answers;

internal static class AnswersSlice
{
    // Of a search elsewhere, most is waiting.
    private const int TurnsOfServers = 4;

    public static IServiceCollection AddAnswers(this IServiceCollection services, TesseraOptions options) => services
        .AddSingleton<QuestionPlaces>()
        .AddSingleton(services => new QuestionTurns(
            Environment.ProcessorCount * (options.Chunks == ChunkStoreKind.Sqlite ? 1 : TurnsOfServers), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<QuietThreads>().AddScoped<QuestionPlace>();

    public static IEndpointRouteBuilder MapAnswers(this IEndpointRouteBuilder routes)
    {
        routes.MapAnswerRoutes();
        return routes;
    }
}
