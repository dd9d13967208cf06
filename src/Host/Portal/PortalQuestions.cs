using System.Runtime.CompilerServices;
using Mediator;
using Tessera.Host.Answers;
using Tessera.Host.Conversations;
using Tessera.Host.Documents;
using Tessera.Host.Errors;
using Tessera.Host.Plugins;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Portal;

/// <summary>What the Ask page does.</summary>
internal static class PortalQuestions
{
    /// <summary>The domains that are enabled for the person's tenant.</summary>
    public static Task<IReadOnlyList<AskableDomain>> DomainsAsync(this PortalSession session) => session.WorkAsync<IReadOnlyList<AskableDomain>>(
        async (services, cancellationToken) =>
        {
            var tenant = services.GetRequiredService<CurrentTenant>().Id;
            var mediator = services.GetRequiredService<IMediator>();
            var domains = new List<AskableDomain>();
            foreach (var plugin in await services.GetRequiredService<EnabledDomains>().ListAsync(tenant, cancellationToken))
            {
                var profile = plugin.Profile;
                var documents = await mediator.Send(new ListDocuments(profile.Id, new PageQuery(200)), cancellationToken);
                domains.Add(new AskableDomain(
                    profile.Id, profile.Name, profile.Description, profile.SampleQuestions, profile.Analysis == TextAnalysis.Code,
                    documents?.Items.All(x => x.Folder == Samples.Folder) ?? false));
            }

            return domains;
        });

    /// <summary>The steps of an answer, as they are made; the turn is kept in the conversation.</summary>
    /// <exception cref="ProblemException">The question cannot be asked; the message says why.</exception>
    public static async IAsyncEnumerable<AnswerStep> AskAsync(
        this PortalSession session, string domain, string question, Guid? conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = await session.OpenAsync(cancellationToken);
        var outcome = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AskQuestion(domain, question, null, conversation), cancellationToken);
        if (outcome is not AskOutcome.Answering answering)
        {
            throw outcome switch
            {
                AskOutcome.TooLong => new ProblemException(ErrorCode.InvalidRequest, $"A question has at most {AskQuestion.Longest} characters."),
                AskOutcome.Empty => new ProblemException(ErrorCode.InvalidRequest, "The question is empty."),
                AskOutcome.UnknownConversation => new ProblemException(ErrorCode.NotFound, "This conversation was deleted. Ask again to begin a new one."),
                AskOutcome.Full => new ProblemException(ErrorCode.Conflict, ConversationTurns.FullText),
                _ => new ProblemException(ErrorCode.UnknownDomain, "This domain is not enabled any more. Pick another one."),
            };
        }

        await foreach (var step in answering.Steps.WithCancellation(cancellationToken))
        {
            yield return step;
        }
    }
}
