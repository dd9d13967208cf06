using Tessera.Rag.Retrieval.Indexing;
using CsCheck;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Analysis;
using Tessera.Rag.Retrieval.Lexical;
using Tessera.Rag.Retrieval.Translation;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Translation;

namespace Tessera.Unit.Rag.Retrieval.Lexical;

public sealed class PromisedTests
{
    private static readonly TextAnalyzer Analyzer = TextAnalyzer.For(TextAnalysis.Prose);
    private static readonly string[] Words = ["apple", "pear", "plum", "fig", "quince"];

    [Theory]
    [InlineData(1)]
    [InlineData(.6)]
    public void Promises_of_all_chunks_are_those_of_the_formula(double power)
    {
        var keys = Words.Select(word => Assert.Single(Analyzer.Asked(word)).Key).ToArray();
        var promises = keys.ToDictionary(q => q, q => (IReadOnlyList<WordPromise>)[.. keys.Where(w => w != q).Order().Select((w, i) => new WordPromise(w, .1f * (i + 1)))]);
        var model = TranslationModel.Read(TranslationModelWriter.Write(Analyzer, power, keys.ToDictionary(x => x, _ => .01), promises), Analyzer);
        Gen.Int[0, 4].Array[1, 8].Array[2, 12].Sample(chunks =>
        {
            var texts = chunks.Select(chunk => string.Join(' ', chunk.Select(i => Words[i]))).ToList();
            var index = new ChunkIndex();
            // The first is removed again: it must leave the mean, too.
            foreach (var (number, text) in texts.Index())
            {
                index.Add(new IndexedRevision(number, new StoredDocument(Id(number), ""), 1), Fields(text), [default]);
            }

            index.Remove(Id(0), Fields(texts[0]));
            var seen = texts.Skip(1).Select(text => WordCount.Of(text, Analyzer)).ToList();
            var usual = new MeanShares(power);
            seen.ForEach(usual.Add);
            var scorer = new TranslationScorer(model, [keys[0], keys[1]], word => usual[word]);
            var found = index.Search(QuestionTerms.Of(new SearchRequest("apple pear", 99) { Translation = model }, Analyzer), 99, null, CancellationToken.None);
            Assert.Equal(seen.Count, found.Count);
            Assert.All(found, hit => Assert.Equal(scorer.Score(seen[(int)hit.Revision.Row - 1]).Mixed, hit.Signals.Promised, 1e-3));
        });
    }

    private static DocumentId Id(int number) => new(new Guid(number + 1, 0, 0, new byte[8]));

    private static RevisionFields Fields(string text) =>
        new(RevisionFields.Write("", [new Chunk(default, 0, text, "", null, 0, text.Length)], Analyzer, CancellationToken.None));
}
