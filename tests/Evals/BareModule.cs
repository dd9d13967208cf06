using Tessera.Inference.Static;
using Tessera.Modules.Code;
using Tessera.Modules.Legal;
using Tessera.Modules.Medical;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Evals;

/// <summary>The analysis of a set's domain alone: no expansions, so that a figure is the engine's. Measured where <c>TESSERA_BARE</c> is set.</summary>
internal sealed class BareModule(string set) : DomainModule
{
    /// <summary>The domain's own roles with what it learned; general sets are asked of the medical domain.</summary>
    public static DomainRoles RolesOf(string set)
    {
        var domain = set.Split('/')[0] is var name && name == "general" ? "medical" : name;
        DomainModule module = Environment.GetEnvironmentVariable("TESSERA_BARE") is not null ? new BareModule(set)
            : domain switch { "legal" => new LegalModule(), "medical" => new MedicalModule(), _ => new CodeModule() };
        var folder = Path.Combine(SharedFolder.Root, "src", "Modules", char.ToUpperInvariant(domain[0]) + domain[1..]);
        return DomainRoles.Of(module, DomainModels.Read(folder, module.Profile, StaticEmbedder.Load));
    }

    public override DomainProfile Profile { get; } = new()
    {
        Id = "bare",
        Name = set,
        Description = "The engine alone.",
        Analysis = set.StartsWith("code/", StringComparison.Ordinal) ? TextAnalysis.Code : TextAnalysis.Prose,
    };

    public override void Configure(IDomainBuilder domain) => domain.Use(new NoChunker());

    private sealed class NoChunker : IChunker
    {
        public IAsyncEnumerable<Chunk> ChunkAsync(
            SourceDocument document, IAsyncEnumerable<Section> sections, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A corpus line is a chunk.");
    }
}
