using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Tessera.Rag.Evaluation;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>Lucene.Net with its English analysis and BM25 as its makers tune it for passages.</summary>
internal sealed class LuceneEngine(string folder) : IEngine
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private readonly EnglishAnalyzer analyzer = new(Version);
    private readonly BM25Similarity similarity = new(.9f, .4f);
    private readonly FSDirectory directory = FSDirectory.Open(folder);
    private IndexSearcher? searcher;

    public Task BuildAsync(IReadOnlyList<BeirPassage> passages)
    {
        using var writer = new IndexWriter(directory, new IndexWriterConfig(Version, analyzer) { Similarity = similarity, RAMBufferSizeMB = 256 });
        foreach (var (place, passage) in passages.Index())
        {
            writer.AddDocument(
            [
                new StoredField("place", place),
                new TextField("text", passage.Title.Length == 0 ? passage.Text : $"{passage.Title}\n{passage.Text}", Field.Store.YES),
            ]);
        }

        writer.Commit();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<int>> SearchAsync(string question, int top)
    {
        searcher ??= new IndexSearcher(DirectoryReader.Open(directory)) { Similarity = similarity };
        var query = new BooleanQuery();
        foreach (var word in WordsOf(question).Distinct())
        {
            query.Add(new TermQuery(new Term("text", word)), Occur.SHOULD);
        }

        return Task.FromResult<IReadOnlyList<int>>([.. searcher.Search(query, top).ScoreDocs.Select(x => searcher.Doc(x.Doc).GetField("place").GetInt32Value()!.Value)]);
    }

    public void Dispose()
    {
        searcher?.IndexReader.Dispose();
        directory.Dispose();
        analyzer.Dispose();
    }

    private List<string> WordsOf(string question)
    {
        var words = new List<string>();
        using var stream = analyzer.GetTokenStream("text", question);
        var word = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            words.Add(word.ToString());
        }

        stream.End();
        return words;
    }
}
