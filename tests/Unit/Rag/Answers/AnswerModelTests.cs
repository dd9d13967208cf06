using System.Text;
using System.Text.Json;
using CsCheck;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Rag.Answers;
using Tessera.Rag.Answers.Extractive;
using Tessera.Sdk;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Unit.Rag.Answers;

public sealed class AnswerModelTests
{
    [Fact]
    public void Sentences_are_scored_by_their_weights()
    {
        var model = AnswerModel.Read(File(sentences: new() { ["own"] = 2, ["vector"] = 3 }));
        Assert.Equal(2 * .5 + 3 * .25, model.ScoreOf(Candidate(own: .5f, vector: .25f)), 1e-6);
        Assert.True(model.NeedsVectors);
    }

    [Fact]
    public void Likelihood_is_logistic_and_rises_with_what_speaks_for_an_answer()
    {
        var model = AnswerModel.Read(File(answered: new() { ["most-covered"] = 4, ["bias"] = -2 }));
        Assert.Equal(.5, Likelihood(.5)!.Value, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-2)), Likelihood(1)!.Value, 1e-6);
        Assert.Equal(0, model.LikelihoodOf([], []));
        Assert.Equal(0, Likelihood(0));

        double? Likelihood(double covered) => model.LikelihoodOf([Candidate(.1f, 0) with { Coverage = covered }], [Passage(0, 0)]);
    }

    [Fact]
    public void Title_or_document_that_the_question_names_and_the_best_sentence_lacks_speaks_against_it()
    {
        var candidates = new[] { Candidate(.9f, 0) with { Rank = 1 }, Candidate(.1f, 0) };
        var row = EvidenceFeatures.Of(candidates, [Passage(.8f, 5), Passage(.1f, 2)], x => x.Features[SentenceFeatures.Own]);
        Assert.Equal(EvidenceFeatures.Names.Count, row.Length);
        Assert.Equal((.7f, 3f), (row[^2], row[^1]));
    }

    [Fact]
    public void Domain_without_a_file_judges_nothing_and_compares_no_vectors()
    {
        Assert.Null(AnswerModel.HandSet.LikelihoodOf([Candidate(1, 0)], [Passage(0, 0)]));
        Assert.False(AnswerModel.HandSet.NeedsVectors);
        Assert.Equal(double.NegativeInfinity, AnswerModel.HandSet.ScoreOf(Candidate(0, 0) with { Coverage = 0 }));
    }

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("null", "empty")]
    [InlineData("{}", "missing")]
    [InlineData("{\"sentences\": {\"own\": 1}, \"answered\": {}, \"least\": 0.5}", "other features")]
    [InlineData("{\"sentences\": 1}", "no JSON object")]
    [InlineData("{\"more\": 1}", "no JSON object")]
    public void File_that_is_none_is_refused_with_the_reason(string file, string reason)
    {
        var refused = Assert.Throws<PermanentException>(() => AnswerModel.Read(Encoding.UTF8.GetBytes(file)));
        Assert.Equal("answers-unreadable", refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-3)]
    public void Threshold_lies_between_0_and_1(double least) =>
        Assert.Contains("between 0 and 1", Assert.Throws<PermanentException>(() => AnswerModel.Read(File(least: least))).Message, StringComparison.Ordinal);

    [Fact]
    public void Package_with_answers_and_without_the_models_they_weigh_is_refused()
    {
        var refused = Assert.Throws<PermanentException>(() => DomainModels.Read(
            path => path == "models/answers.json" ? File() : (ReadOnlyMemory<byte>?)null, FakeStore.Profile, StaticEmbedder.Load));
        Assert.Equal("answers-unreadable", refused.Code);
    }

    [Fact]
    public void Changed_file_is_read_or_refused() => Gen.Select(Gen.Int[0, 600], Gen.Byte).Sample((place, value) =>
    {
        var file = File();
        file[place % file.Length] = value;
        try
        {
            AnswerModel.Read(file);
        }
        catch (PermanentException refused)
        {
            Assert.Equal("answers-unreadable", refused.Code);
        }
    });

    private static byte[] File(Dictionary<string, float>? sentences = null, Dictionary<string, float>? answered = null, double least = .5) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new AnswerModelFile(
                SentenceFeatures.Names.ToDictionary(x => x, x => sentences?.GetValueOrDefault(x) ?? 0),
                EvidenceFeatures.Names.Append(AnswerModelFile.Bias).ToDictionary(x => x, x => answered?.GetValueOrDefault(x) ?? 0),
                least),
            AnswerModelFile.Format);

    private static Candidate Candidate(float own, float vector)
    {
        var features = new float[SentenceFeatures.Names.Count];
        (features[SentenceFeatures.Own], features[SentenceFeatures.Vector]) = (own, vector);
        return new Candidate(FakeStore.Chunk("A pen."), 0, 0, new TextSpan(0, 6), own, 0) { Features = features };
    }

    private static Found Passage(float titleCovered, float document) =>
        new(FakeStore.Chunk("A pen."), 1, new(0, 0, 0, document, 0, 0) { TitleCovered = titleCovered });
}
