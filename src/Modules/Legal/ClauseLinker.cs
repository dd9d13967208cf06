using System.Globalization;
using System.Runtime.CompilerServices;
using Tessera.Sdk;

namespace Tessera.Modules.Legal;

/// <summary>
/// Links each chunk to the definitions of the terms that it uses and to the clauses that it names. Holds a document's chunks until the last one has come:
/// a contract may define a term behind its use.
/// </summary>
internal sealed class ClauseLinker : IChunkEnricher
{
    // Terms of a few pages are on every page: "Agreement", "Party". A term that most chunks use needs no link, and a chunk has no more links than help.
    private const double Everywhere = 0.5;
    private const int FewChunks = 8;
    private const int MostLinks = 12;

    /// <inheritdoc />
    public async IAsyncEnumerable<Chunk> EnrichAsync(IAsyncEnumerable<Chunk> chunks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = await chunks.ToListAsync(cancellationToken);
        var clauses = ClauseIndex.Of(all);
        var terms = TermUses.Of(all);
        foreach (var chunk in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var named = ClauseReference.In(chunk.Text).DistinctBy(x => x.Words).Select(x => (x.Words, Target: clauses.Find(x)));
            var used = terms.In(chunk).Where(x => all.Count < FewChunks || x.Chunks <= Everywhere * all.Count).OrderBy(x => x.Chunks).Select(x => (Words: x.Term, x.Target));
            var links = named.Where(x => x.Target is not null).Select(x => (x.Words, Target: x.Target!)).Concat(used)
                .Where(x => x.Target.Ordinal != chunk.Ordinal)
                .Take(MostLinks)
                .Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Words}{SectionTags.Means}{x.Target.Ordinal}:{x.Target.Start}-{x.Target.End}"));
            var tag = string.Join(SectionTags.Between, links);
            yield return tag.Length == 0 ? chunk : chunk with
            {
                Tags = new Dictionary<string, string>(chunk.Tags, StringComparer.Ordinal) { [SectionTags.Links] = tag },
            };
        }
    }
}
