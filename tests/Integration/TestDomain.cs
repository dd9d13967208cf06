using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Data;
using Tessera.Host.Documents;
using Tessera.Host.Indexes;
using Tessera.Host.Plugins;
using Tessera.Rag;
using Tessera.Rag.Ingestion;
using Tessera.Rag.Retrieval;
using Tessera.Sdk;

namespace Tessera.Integration;

/// <summary>A small domain that is there without a package: a section is a chunk.</summary>
internal sealed class TestDomain(string id, double minimumEvidence = 0) : DomainModule, IQueryExpander
{
    public const string Refusal = "The test documents do not say.";

    public override DomainProfile Profile { get; } = new()
    {
        Id = id, Name = $"The domain {id}", Description = "For tests.", RefusalText = Refusal, MinimumEvidence = minimumEvidence,
    };

    /// <summary>Awaited before each search.</summary>
    public Func<CancellationToken, Task> BeforeSearch { get; init; } = _ => Task.CompletedTask;

    public override void Configure(IDomainBuilder domain) => domain.Use(new SectionChunker()).Use((IQueryExpander)this);

    public async ValueTask<IReadOnlyList<QueryTerm>> ExpandAsync(string query, CancellationToken cancellationToken)
    {
        await BeforeSearch(cancellationToken);
        return [];
    }

    /// <summary>Loads a domain of this id for every tenant of the host.</summary>
    public static void Load(HostFixture host, string id, bool bundled = true) => Load(host, new TestDomain(id), bundled);

    public static void Load(HostFixture host, TestDomain domain, bool bundled = true)
    {
        var id = domain.Profile.Id;
        var manifest = new PluginManifest(
            id, "1.2.3", "[1.0,2.0)", "Test.dll", "Test", ImmutableDictionary<string, ModelRef>.Empty, [], [], null);
        host.Services.GetRequiredService<LoadedPlugins>().Put(
            new LoadedPlugin(manifest, DomainRoles.Of(domain), new string('0', 64), new string('0', 64), bundled));
    }

    /// <summary>A document of the tenant that searches see, made without reading a file.</summary>
    public static async Task<Guid> AddDocumentAsync(
        HostFixture host, TenantId tenant, string domain, string name, string text, Func<StoredDocument, StoredDocument>? fields = null)
    {
        await using var scope = host.Scope(tenant);
        var id = Guid.CreateVersion7();
        var stored = new StoredDocument(new DocumentId(id), name);
        stored = fields?.Invoke(stored) ?? stored;
        var rows = scope.ServiceProvider.GetRequiredService<TenantDbContext>();
        rows.Documents.Add(new Document
        {
            Id = id, TenantId = tenant, Domain = domain, Name = name, Folder = stored.Folder, Tags = [.. stored.Tags], Date = stored.Date,
            Language = stored.Language, Bytes = text.Length, Sha256 = new string('0', 64), IndexedRevision = 1,
            Status = DocumentStatus.Searchable, CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await rows.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<DomainIndexes>().EnsureAsync(domain, CancellationToken.None);
        var workspace = await scope.ServiceProvider.GetRequiredService<DomainWorkspaces>().OpenAsync(tenant, domain, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IngestionPipeline>()
            .IndexAsync(workspace!, stored, 1, [new Section(text, "Part › One", 3, 0)], CancellationToken.None);
        return id;
    }

    private sealed class SectionChunker : IChunker
    {
        public async IAsyncEnumerable<Chunk> ChunkAsync(
            SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var ordinal = 0;
            await foreach (var section in sections.WithCancellation(cancellationToken))
            {
                yield return new Chunk(document.Id, ordinal++, section.Text, section.Path, section.Page, section.Start, section.End);
            }
        }
    }
}
