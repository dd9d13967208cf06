using Tessera.Host.Answers.Load;

namespace Tessera.Host.Answers;

internal static class AnswersSlice
{
    public static IServiceCollection AddAnswers(this IServiceCollection services) => services
        .AddSingleton<QuestionPlaces>().AddSingleton(new SearchTurns(Environment.ProcessorCount)).AddScoped<QuestionPlace>();

    public static IEndpointRouteBuilder MapAnswers(this IEndpointRouteBuilder routes)
    {
        routes.MapAnswerRoutes();
        return routes;
    }
}
