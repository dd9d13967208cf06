namespace Tessera.Host.Answers;

internal static class AnswersSlice
{
    public static IServiceCollection AddAnswers(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapAnswers(this IEndpointRouteBuilder routes)
    {
        routes.MapAnswerRoutes();
        return routes;
    }
}
