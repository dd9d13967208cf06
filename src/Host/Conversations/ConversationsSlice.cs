namespace Tessera.Host.Conversations;

internal static class ConversationsSlice
{
    public static IServiceCollection AddConversations(this IServiceCollection services) => services
        .AddScoped<ConversationDoor>()
        .AddScoped<ConversationTurns>()
        .AddScoped<GoneUsers>();

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.MapConversationRoutes();
        return routes;
    }
}
