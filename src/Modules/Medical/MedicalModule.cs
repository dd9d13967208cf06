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
    }
}
