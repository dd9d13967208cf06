using Tessera.Sdk;

namespace Tessera.Rag.Answers;

/// <summary>The end of a question that the documents do not answer, in the domain's words.</summary>
internal static class Refusal
{
    public static IEnumerable<AnswerEvent> Of(DomainProfile profile, Receipt receipt) =>
    [
        new AnswerEvent.TextDelta(profile.RefusalText),
        new AnswerEvent.Refused(new Answer(AnswerStatus.Refused, profile.RefusalText, [], [], receipt)),
    ];
}
