using Tessera.Host.Answers;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Startup;

namespace Tessera.Host.Portal;

/// <summary>What the Retrieval test page does.</summary>
internal static class PortalRetrieval
{
    /// <summary>How far each setup is looked at: whether a passage of one is far down in the other.</summary>
    public const int Depth = 50;

    /// <summary>An explained search.</summary>
    /// <exception cref="ProblemException">It cannot be made; the message says why.</exception>
    public static async Task<ExplanationView> ExplainAsync(
        this PortalSession session, string domain, string question, string setup, CancellationToken cancellationToken) =>
        await session.SendAsync(new ExplainSearch(domain, question, Depth, null, setup), cancellationToken) switch
        {
            ExplainOutcome.Explained explained => explained.Explanation,
            ExplainOutcome.Invalid invalid => throw new ProblemException(ErrorCode.InvalidRequest, $"This cannot be searched: {invalid.Problem}"),
            _ => throw new ProblemException(ErrorCode.UnknownDomain, "This domain is not enabled any more. Pick another one."),
        };

    /// <summary>Whether the domain has any document.</summary>
    public static async Task<bool> HasDocumentsAsync(this PortalSession session, string domain, CancellationToken cancellationToken) =>
        await session.SendAsync(new ListDocuments(domain, new PageQuery(1)), cancellationToken) is { Items.Count: > 0 };
}
