using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Conversations;
using Tessera.Host.Data;
using Tessera.Host.Indexes;
using Tessera.Host.Tenants;
using Tessera.Rag.Adapting;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>What the current tenant's documents, answers and questions give to adapt models by.</summary>
internal sealed class AdaptationMaterial(TenantDbContext rows, DomainIndexes indexes, IndexStores stores, HeadingCounts counts, CurrentTenant tenant)
{
    // Enough to learn from, and what is held in memory and indexed twice stays small.
    private const int MostChunks = 20_000;
    private const int MostRated = 5_000;

    /// <summary>How many headings there are, as many as are looked at.</summary>
    public async Task<int> CountAsync(string domain, TextAnalysis analysis, CancellationToken cancellationToken)
    {
        var found = rows.Documents.Where(row => row.Domain == domain && row.DeletedAt == null && row.IndexedRevision > 0);
        var stamp = (
            await indexes.ActiveAsync(domain, cancellationToken), await found.CountAsync(cancellationToken),
            await found.SumAsync(row => row.IndexedRevision, cancellationToken), await found.OrderByDescending(row => row.Id).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken));
        return await counts.GetAsync(tenant.Id, domain, stamp.ToString(), async () => HeadingsOf(await ReadAsync(domain, cancellationToken), analysis).Count);
    }

    /// <summary>Documents with their names and chunks: all, or as many as are looked at, drawn evenly; those that own questions ask for among them.</summary>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<Chunk> Chunks)>> ReadAsync(string domain, CancellationToken cancellationToken)
    {
        var store = stores.Open(tenant.Id, domain, await indexes.ActiveAsync(domain, cancellationToken)).Store;
        var asked = await rows.OwnQuestions.Where(row => row.Domain == domain).Select(row => row.DocumentId).Distinct().ToListAsync(cancellationToken);
        var found = await rows.Documents.AsNoTracking().Where(row => row.Domain == domain && row.DeletedAt == null && row.IndexedRevision > 0)
            .Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken);
        var (documents, total) = (new List<(string, IReadOnlyList<Chunk>)>(), 0);

        // The end of an id is drawn by chance, its beginning is the time.
        foreach (var document in found.OrderBy(x => asked.Contains(x.Id) ? 0 : 1).ThenBy(x => x.Id.ToString("N")[^12..], StringComparer.Ordinal))
        {
            if (total >= MostChunks)
            {
                break;
            }

            if (await store.ReadAsync(new DocumentId(document.Id), cancellationToken) is { Count: > 0 } chunks)
            {
                documents.Add((document.Name, chunks));
                total += chunks.Count;
            }
        }

        return documents;
    }

    /// <summary>The headings of documents, each once.</summary>
    public static IReadOnlyList<HeadingPair> HeadingsOf(IReadOnlyList<(string Name, IReadOnlyList<Chunk> Chunks)> documents, TextAnalysis analysis)
    {
        var pairs = new HeadingPairs(analysis);
        foreach (var (name, chunks) in documents)
        {
            pairs.Add(name, chunks);
        }

        return pairs.ToList();
    }

    /// <summary>How many answers people found useful.</summary>
    public Task<int> CountRatedAsync(string domain, CancellationToken cancellationToken) => Rated(domain).CountAsync(cancellationToken);

    /// <summary>Questions whose answers people found useful, with the chunks that the answers quote, as far as these are among the documents.</summary>
    public async Task<IReadOnlyList<(string Question, Chunk Chunk)>> RatedAsync(
        string domain, IReadOnlyList<(string Name, IReadOnlyList<Chunk> Chunks)> documents, CancellationToken cancellationToken)
    {
        var chunks = documents.SelectMany(x => x.Chunks).ToLookup(chunk => chunk.Document.Value);
        var turns = await Rated(domain).AsNoTracking().OrderByDescending(row => row.Id).Take(MostRated).ToListAsync(cancellationToken);
        return
        [
            .. turns.SelectMany(turn => KeptAnswer.Read(turn.Answer).Answer.Citations
                .Select(quote => chunks[quote.DocumentId].FirstOrDefault(chunk => chunk.Start <= quote.Start && quote.End <= chunk.End)).OfType<Chunk>().Distinct()
                .Select(chunk => (turn.Question, chunk))),
        ];
    }

    /// <summary>The administrator's own questions.</summary>
    public async Task<IReadOnlyList<AskedQuestion>> QuestionsAsync(string domain, CancellationToken cancellationToken)
    {
        var questions = await rows.OwnQuestions.AsNoTracking().Where(row => row.Domain == domain).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return questions.ConvertAll(row => new AskedQuestion(
            row.Question, chunk => chunk.Document.Value == row.DocumentId && (row.Start is null || (chunk.Start < row.End && row.Start < chunk.End))));
    }

    private IQueryable<ConversationTurn> Rated(string domain) =>
        rows.Turns.Where(turn => turn.Useful == true && rows.Conversations.Any(row => row.Id == turn.ConversationId && row.Domain == domain));
}

/// <summary>How many headings domains have, counted again where their documents changed. Safe for concurrent use.</summary>
internal sealed class HeadingCounts
{
    private readonly ConcurrentDictionary<(TenantId, string), (string Stamp, int Count)> counts = [];

    public async Task<int> GetAsync(TenantId tenant, string domain, string stamp, Func<Task<int>> count)
    {
        if (counts.TryGetValue((tenant, domain), out var known) && known.Stamp == stamp)
        {
            return known.Count;
        }

        var counted = await count();
        counts[(tenant, domain)] = (stamp, counted);
        return counted;
    }
}
