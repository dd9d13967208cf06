using Microsoft.Extensions.AI;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Telemetry;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>Sections → chunker → enrichers → embedder → store. Safe for concurrent use.</summary>
public sealed class IngestionPipeline
{
    /// <summary>
    /// Makes one revision of a document searchable, then deletes the older ones; also when the new one has no chunks.
    /// Until the new one is written whole, searches see the old one.
    /// </summary>
    /// <param name="workspace">The tenant's domain.</param>
    /// <param name="document">The document's filter fields. A source file without a language has that of its code.</param>
    /// <param name="revision">Counts up from 1; written again, a revision replaces itself.</param>
    /// <param name="sections">The document as the reader found it.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    /// <returns>How many chunks were written.</returns>
    /// <exception cref="PermanentException"><c>bad-chunker</c>: a chunk is not the document's text at its offsets.</exception>
    public async Task<int> IndexAsync(
        DomainWorkspace workspace,
        StoredDocument document,
        int revision,
        IReadOnlyList<Section> sections,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);

        var cut = await CutAsync(workspace.Roles, document, sections, cancellationToken).ConfigureAwait(false);
        await WriteAsync(workspace.Store, workspace.Embedder, cut, revision, cancellationToken).ConfigureAwait(false);
        return cut.Chunks.Count;
    }

    /// <summary>A document's chunks, as the domain's chunker and enrichers make them.</summary>
    /// <param name="roles">The domain's.</param>
    /// <param name="document">The document's filter fields. A source file without a language has that of its code.</param>
    /// <param name="sections">The document as the reader found it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PermanentException"><c>bad-chunker</c>: a chunk is not the document's text at its offsets.</exception>
    public async Task<CutDocument> CutAsync(
        DomainRoles roles, StoredDocument document, IReadOnlyList<Section> sections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(sections);

        using var stage = EngineTelemetry.Ingest("cut");
        var source = new SourceDocument(document.Id, document.Name, document.Language);
        var stream = roles.Chunker.ChunkAsync(source, sections.ToAsyncEnumerable(), cancellationToken);
        foreach (var enricher in roles.Enrichers)
        {
            stream = enricher.EnrichAsync(stream, cancellationToken);
        }

        var text = string.Join(Section.Joint, sections.Select(section => section.Text));
        var chunks = new List<Chunk>();
        await foreach (var chunk in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Verify(chunk, chunks.Count, document.Id, text);
            chunks.Add(chunk);
        }

        stage.Tag(EngineTelemetry.Chunks, chunks.Count);
        return new CutDocument(document with { Language = document.Language ?? LanguageOf(sections) }, chunks);
    }

    /// <summary>Writes chunks as one revision, each with its vector where there is an embedder, then deletes the older revisions.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="embedder">Makes vectors of the store's space; null: the chunks go without.</param>
    /// <param name="document">As it was cut, or as another store gives it back.</param>
    /// <param name="revision">Counts up from 1; written again, a revision replaces itself.</param>
    /// <param name="cancellationToken">Stops the work; nothing is half-written.</param>
    public async Task WriteAsync(
        IChunkStore store,
        IEmbeddingGenerator<string, Embedding<float>>? embedder,
        CutDocument document,
        int revision,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(document);

        IReadOnlyList<EmbeddedChunk> embedded;
        using (EngineTelemetry.Ingest("embed"))
        {
            embedded = await EmbeddingStage.EmbedAsync(embedder, document.Chunks, cancellationToken).ConfigureAwait(false);
        }

        using var stage = EngineTelemetry.Ingest("store");
        await store.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        await store.UpsertAsync(document.Document, revision, embedded, cancellationToken).ConfigureAwait(false);
        await store.DeleteAsync(document.Document.Id, revision, cancellationToken).ConfigureAwait(false);
    }

    // All of it is code of one language: a source file. Examples in a text say nothing of the text's language.
    private static string? LanguageOf(IReadOnlyList<Section> sections) =>
        sections.Select(section => section.Tags.GetValueOrDefault(SectionTags.Language)).Distinct().ToList() is [{ } language] ? language : null;

    /// <summary>A plugin's chunker is not trusted: every later quote rests on these offsets.</summary>
    private static void Verify(Chunk chunk, int ordinal, DocumentId document, string text)
    {
        var stands = chunk.Document == document
            && chunk.Ordinal == ordinal
            && chunk.Start >= 0
            && chunk.Start < chunk.End
            && chunk.End <= text.Length
            && text.AsSpan(chunk.Start, chunk.End - chunk.Start).SequenceEqual(chunk.Text)
            && !IsWithinPair(text, chunk.Start)
            && !IsWithinPair(text, chunk.End);
        if (!stands)
        {
            throw new PermanentException(
                "bad-chunker",
                $"The domain's chunker made a chunk (number {ordinal}) that is not the document's text. Ask the publisher of the domain's plugin to correct it.");
        }
    }

    // Half a surrogate pair is no text: no store would give it back.
    private static bool IsWithinPair(string text, int offset) =>
        offset > 0 && offset < text.Length && char.IsSurrogatePair(text[offset - 1], text[offset]);
}
