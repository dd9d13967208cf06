using Tessera.Modules.Wording;
using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>Contracts, policies, statutes.</summary>
public sealed class LegalModule : DomainModule
{
    /// <inheritdoc />
    public override DomainProfile Profile { get; } = new()
    {
        Id = "legal",
        Name = "Legal",
        Description = "Contracts, policies and statutes, cut at their clauses.",
        RefusalText = "The documents do not hold a passage that answers this. Name the contract or the clause, or add the document that should say it.",
        ChatInstructions = "You read contracts, policies and statutes for lawyers. Name the clause that a sentence rests on where the passage names it. Keep parties, amounts, periods and conditions exactly as they stand, exceptions included. Give no advice.",
        SampleQuestions =
        [
            "How long is the notice period to terminate the services agreement for convenience?",
            "What is the supplier's total liability limited to?",
            "With whom may personal data be shared?",
        ],
    };

    /// <inheritdoc />
    public override void Configure(IDomainBuilder domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        domain.Use(new ClauseChunker());
        domain.Use(new AliasEnricher(PartyName.In));
        domain.Use(new ClauseLinker());
        domain.Use(SynonymExpander.Of(typeof(LegalModule).Assembly));
    }
}
