using Tessera.Host.Adapting;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Jobs;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>What the Adaptation page does. What is refused is thrown as a problem whose message says why.</summary>
internal static class PortalAdaptation
{
    private const int Most = 200;

    public static async Task<AdaptationView> AdaptationAsync(this PortalSession session, string domain) =>
        await session.SendAsync(new GetAdaptation(domain)) ?? throw new ProblemException(ErrorCode.UnknownDomain, "This domain is not enabled any more. Pick another one.");

    public static Task StartAdaptationAsync(this PortalSession session, string domain) => session.OrderAsync(new StartAdaptation(domain));

    public static Task UndoAdaptationAsync(this PortalSession session, string domain) => session.OrderAsync(new UndoAdaptation(domain));

    /// <summary>The newest of the administrator's own questions.</summary>
    public static async Task<IReadOnlyList<OwnQuestionView>> OwnQuestionsAsync(this PortalSession session, string domain) =>
        (await session.SendAsync(new ListOwnQuestions(domain, new PageQuery(Most))))?.Items ?? [];

    /// <summary>Adds a question that the document of that name answers; of several the newest.</summary>
    public static async Task AddQuestionAsync(this PortalSession session, string domain, string question, string document)
    {
        var found = await session.FindAsync(domain, document.Trim()) ?? throw new ProblemException(ErrorCode.NotFound, "No document of this domain is called so. Pick one of those offered.");
        await session.OrderAsync(new AddOwnQuestion(domain, question, found, null, null));
    }

    public static Task DeleteQuestionAsync(this PortalSession session, string domain, Guid question) => session.OrderAsync(new DeleteOwnQuestion(domain, question));

    /// <summary>Names of the newest documents, to be offered.</summary>
    public static async Task<IReadOnlyList<string>> DocumentNamesAsync(this PortalSession session, string domain) =>
        [.. ((await session.SendAsync(new ListDocuments(domain, new PageQuery(Most))))?.Items ?? []).Select(document => document.Name).Distinct(StringComparer.Ordinal)];

    private static async Task<Guid?> FindAsync(this PortalSession session, string domain, string name)
    {
        string? cursor = null;
        do
        {
            var page = await session.SendAsync(new ListDocuments(domain, new PageQuery(Most, cursor)));
            if (page?.Items.FirstOrDefault(document => document.Name == name) is { } found)
            {
                return found.Id;
            }

            cursor = page?.NextCursor;
        }
        while (cursor is not null);
        return null;
    }
}
