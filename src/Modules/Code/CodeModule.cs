using Tessera.Modules.Wording;
using Tessera.Sdk;

namespace Tessera.Modules.Code;

/// <summary>Source code, and the texts that lie beside it.</summary>
public sealed class CodeModule : DomainModule
{
    /// <inheritdoc />
    public override DomainProfile Profile { get; } = new()
    {
        Id = "code",
        Name = "Code",
        Description = "Source code and its documentation, cut at functions, methods and types.",
        Analysis = TextAnalysis.Code,
        RefusalText = "No source file here shows this. Name the function or the type, or add the file that should hold it.",
        ChatInstructions = "You read source code and its documentation for engineers. Name functions, types and files as they are written. Say what the code does, not what it might be meant to do. Write no code that does not stand in the passages.",
        SampleQuestions =
        [
            "How many calls may a client make in a minute before the rate limiter refuses?",
            "How long does the retry queue wait before it tries a job again?",
            "Why can a paid invoice not be deleted?",
        ],
    };

    /// <inheritdoc />
    public override void Configure(IDomainBuilder domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        domain.Use(new DeclarationChunker());
        domain.Use(SynonymExpander.Of(typeof(CodeModule).Assembly));
    }
}
