using Tessera.Modules.Wording;
using Tessera.Sdk;

namespace Tessera.Modules.Medical;

/// <summary>Guidelines, leaflets, papers, clinic procedures.</summary>
public sealed class MedicalModule : DomainModule
{
    /// <inheritdoc />
    public override DomainProfile Profile { get; } = new()
    {
        Id = "medical",
        Name = "Medical",
        Description = "Guidelines, leaflets, papers and clinic procedures, cut at their sections.",
        Release = AnswerRelease.AfterChecks,
        RefusalText = "The documents do not hold enough evidence to answer this safely. Ask for what a document states, or add the guideline that should say it.",
        ChatInstructions = "You read clinical documents and studies for clinicians. Keep doses, units, intervals, populations and the strength of evidence exactly as they stand; never convert or round. Say whom a statement is about where the passage says so. Give no advice about a patient.",
        SampleQuestions =
        [
            "When must a patient with high blood pressure be referred the same day?",
            "How should insulin pens be stored once they are in use?",
            "How many participants completed the walking study?",
        ],
    };

    /// <inheritdoc />
    public override void Configure(IDomainBuilder domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        domain.Use(new PassageChunker());
        domain.Use(new AliasEnricher(Abbreviation.In));
        domain.Use(SynonymExpander.Of(typeof(MedicalModule).Assembly));
    }
}
