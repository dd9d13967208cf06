using System.Runtime.CompilerServices;
using Tessera.Sdk;

namespace Tessera.Modules.Wording;

/// <summary>Tags each chunk with the names that it introduces.</summary>
/// <param name="find">Those of a text. Linear in its length.</param>
internal sealed class AliasEnricher(Func<string, IEnumerable<Alias>> find) : IChunkEnricher
{
    /// <inheritdoc />
    public async IAsyncEnumerable<Chunk> EnrichAsync(IAsyncEnumerable<Chunk> chunks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            var aliases = string.Join(SectionTags.Between, find(chunk.Text).Distinct().Select(x => $"{x.Asked}{SectionTags.Means}{x.Said}"));
            yield return aliases.Length == 0 ? chunk : chunk with
            {
                Tags = new Dictionary<string, string>(chunk.Tags, StringComparer.Ordinal) { [SectionTags.Aliases] = aliases },
            };
        }
    }
}
