namespace Tessera.Host.Answers.Load;

/// <summary>Marks endpoints whose requests are questions: they take a place and turns.</summary>
internal sealed class QuestionRoute
{
    private QuestionRoute()
    {
    }

    public static QuestionRoute Instance { get; } = new();
}

internal static class QuestionRouteExtensions
{
    /// <summary>Too many at once are told when to come again.</summary>
    public static T TakesPlace<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(QuestionRoute.Instance);
}
