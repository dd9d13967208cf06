using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Plugins;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Integration.Documents;

/// <summary>A domain that cuts sections into windows. Its chunker can be made to wait, so that tests can act in the middle.</summary>
internal sealed class TestDomain : DomainModule, IChunker
{
    public const string Id = "test";

    /// <summary>Awaited before each document is cut.</summary>
    public Func<SourceDocument, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Characters of a chunk.</summary>
    public int Window { get; init; } = 500;

    public override DomainProfile Profile { get; } = new() { Id = Id, Name = "Test", Description = "Cuts into windows." };

    public override void Configure(IDomainBuilder domain) => domain.Use(this);

    /// <summary>Makes it active for all tenants of a host.</summary>
    public static TestDomain PutIn(IServiceProvider services, TestDomain? domain = null, DomainModels? models = null)
    {
        domain ??= new TestDomain();
        var manifest = new PluginManifest(Id, "1.0.0", "[1.0,2.0)", "Test.dll", "Test", new Dictionary<string, ModelRef>(), [], [], null);
        services.GetRequiredService<LoadedPlugins>().Put(new LoadedPlugin(manifest, DomainRoles.Of(domain, models), new string('0', 64), "test", Bundled: true));
        return domain;
    }

    public async IAsyncEnumerable<Chunk> ChunkAsync(
        SourceDocument document, IAsyncEnumerable<Section> sections, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Before(document, cancellationToken);
        var ordinal = 0;
        await foreach (var section in sections.WithCancellation(cancellationToken))
        {
            for (int start = 0, end; start < section.Text.Length; start = end)
            {
                end = Math.Min(start + Window, section.Text.Length);
                end += end < section.Text.Length && char.IsLowSurrogate(section.Text[end]) ? 1 : 0;
                var text = section.Text[start..end];
                yield return new Chunk(
                    document.Id, ordinal++, text, section.Path, section.Page, section.Start + start, section.Start + end)
                {
                    Tags = section.Tags,
                };
            }
        }
    }
}
