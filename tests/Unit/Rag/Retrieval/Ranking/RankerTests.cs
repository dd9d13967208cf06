using System.Text;
using System.Text.Json;
using CsCheck;
using Tessera.Rag;
using Tessera.Rag.Retrieval;
using Tessera.Rag.Retrieval.Ranking;
using Tessera.Rag.Retrieval.Vectors;
using Tessera.Sdk;
using Tessera.Unit.Rag.Retrieval.Vectors;

namespace Tessera.Unit.Rag.Retrieval.Ranking;

public sealed class RankerTests
{
    [Fact]
    public void Candidates_are_ordered_by_the_weighted_sum_and_the_best_are_kept()
    {
        var ranker = Ranker.Read(File(new() { ["promised"] = 1 }));
        var ranked = ranker.Rank(Search("words", Candidate("a", 9, promised: 1), Candidate("b", 5, promised: 3), Candidate("c", 7, promised: 2)), 2);
        Assert.Equal(["b", "c"], ranked.Select(x => x.Chunk.Text));
        Assert.All(ranked, x => Assert.InRange(x.Score, 1e-9, 1));
    }

    [Fact]
    public void Question_that_names_a_document_has_weights_of_its_own()
    {
        var ranker = Ranker.Read(JsonSerializer.SerializeToUtf8Bytes(new { named = All(new() { ["promised"] = 1 }) }));
        foreach (var (question, covered, named) in new[]
        {
            ("What is glaucoma?", .9f, true), ("What is glaucoma?", .5f, false), ("example.com: Who pays?", .5f, true), ("Sleep apnoea: is it inherited?", 0, false),
        })
        {
            var ranked = ranker.Rank(Search(question, Candidate("a", 9, 1, covered), Candidate("b", 5, 3)), 9);
            Assert.Equal(named ? ["b", "a"] : ["a", "b"], ranked.Select(x => x.Chunk.Text));
        }
    }

    [Fact]
    public void Question_unlike_all_that_were_learned_from_is_ordered_by_the_weights_for_strangers()
    {
        var (own, other) = (All(new() { ["promised"] = 1 }), All(new() { ["words"] = 1 }));
        var ranker = Ranker.Read(JsonSerializer.SerializeToUtf8Bytes(new { nameless = own, strangers = new { known = new[] { "known" }, nameless = other } }));
        Candidate[] candidates = [Candidate("a", 9, 3), Candidate("b", 5) with { Signals = new Signals(3, 0, 0, 0, 0, 0) }];
        var words = WordVectors.Of(new FakeWords(("known", [1, 0])));
        foreach (var (vector, first) in new (float[] Vector, string First)[] { ([1, 0], "a"), ([.56f, .83f], "b"), ([0, 1], "b"), ([], "b") })
        {
            var search = new CandidateSearch(new SearchRequest("a question", 9) { Vector = vector, Words = words }, candidates);
            Assert.Equal(first, ranker.Rank(search, 9)[0].Chunk.Text);
        }

        Assert.Equal("b", ranker.Rank(Search("a question", candidates), 9)[0].Chunk.Text);
    }

    [Fact]
    public void Equal_candidates_keep_their_order() =>
        Assert.Equal(["a", "b", "c"], Ranker.Read(File([])).Rank(Search("words", Candidate("a", 9), Candidate("b", 5), Candidate("c", 1)), 9).Select(x => x.Chunk.Text));

    [Fact]
    public void Nothing_is_ranked_as_nothing() => Assert.Empty(Ranker.Read(File([])).Rank(Search("words"), 10));

    [Fact]
    public void Features_of_a_signal_are_its_value_its_span_and_its_rank()
    {
        var rows = RankFeatures.Of([Candidate("a", 0, promised: 4), Candidate("b", 0, promised: 2), Candidate("c", 0), Candidate("d", 0, promised: 4)]);
        Assert.Equal([(4, 1, 1), (2, .5f, .5f), (0, 0, 0), (4, 1, 1)], rows.Select(row => (Feature(row, "promised"), Feature(row, "promised-span"), Feature(row, "promised-rank"))));
        Assert.All(rows, row => Assert.Equal(RankFeatures.Names.Count, row.Length));
    }

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("null", "empty")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"words\": 1}", "no JSON object")]
    [InlineData("{\"named\": {\"words\": 1}}", "other features")]
    [InlineData("{\"nameless\": {\"words\": \"much\"}}", "no JSON object")]
    [InlineData("{\"strangers\": {\"named\": null}}", "no questions that it knows")]
    public void File_that_is_no_ranker_is_refused_with_the_reason(string file, string reason)
    {
        var refused = Assert.Throws<PermanentException>(() => Ranker.Read(Encoding.UTF8.GetBytes(file)));
        Assert.Equal("ranker-unreadable", refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranker_of_other_features_is_refused_by_their_name()
    {
        var more = RankFeatures.Names.Append("length").ToDictionary(name => name, _ => 1f);
        Assert.Contains("length", Assert.Throws<PermanentException>(() => Ranker.Read(JsonSerializer.SerializeToUtf8Bytes(new { named = more }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_file_is_read_or_refused() => Gen.Select(Gen.Int[0, 400], Gen.Byte).Sample((place, value) =>
    {
        var file = File([]);
        file[place % file.Length] = value;
        try
        {
            Ranker.Read(file);
        }
        catch (PermanentException refused)
        {
            Assert.Equal("ranker-unreadable", refused.Code);
        }
    });

    private static byte[] File(Dictionary<string, float> weights) =>
        JsonSerializer.SerializeToUtf8Bytes(new { nameless = All(weights) });

    private static Dictionary<string, float> All(Dictionary<string, float> weights) => RankFeatures.Names.ToDictionary(name => name, name => weights.GetValueOrDefault(name));

    private static float Feature(float[] row, string name) => row[RankFeatures.Names.ToList().IndexOf(name)];

    private static CandidateSearch Search(string question, params Candidate[] candidates) => new(new SearchRequest(question, 9), candidates);

    private static Candidate Candidate(string text, double score, float promised = 0, float covered = 0) =>
        new(new Chunk(default, 1, text, "", null, 0, 1), score, new Signals(0, 0, 0, 0, promised, 0) { TitleCovered = covered });
}
