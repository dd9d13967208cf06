using System.Numerics.Tensors;
using System.Text.Json;
using Tessera.Rag.Answers.Extractive;
using Found = Tessera.Rag.Retrieval.Ranking.Candidate;

namespace Tessera.Rag.Answers;

/// <summary>
/// What a domain learned of answers: how much each feature of a sentence counts, and how likely a question is answered at all. Immutable and safe for
/// concurrent use.
/// </summary>
public sealed class AnswerModel
{
    // How sharply hand-set scores part sentences.
    private const float Sharp = 6;

    private readonly float[] _sentences;
    private readonly float[]? _answered;
    private readonly float _bias;

    private AnswerModel(float[] sentences) => _sentences = sentences;

    private AnswerModel(AnswerModelFile file)
        : this(Weights(file.Sentences, SentenceFeatures.Names))
    {
        var answered = Weights(file.Answered, [.. EvidenceFeatures.Names, AnswerModelFile.Bias]);
        (_answered, _bias) = (answered[..^1], answered[^1]);
        Least = file.Least is > 0 and < 1 ? file.Least : throw Refused("what an answer must at least be is not between 0 and 1", null);
    }

    /// <summary>How likely an answer must be, or the question is refused.</summary>
    public double Least { get; }

    /// <summary>
    /// What a sentence must be worth beside the best one, 0 to 1, to be quoted with it. Learned weights part sentences sharply, and clauses say one thing
    /// in many words: .15 instead of .01 gave .675 of cuad's gold spans instead of .710. By hand-set weights it is the other way: .01 added .004 to
    /// xquad-en, and a third of what was quoted had nothing to do with the question.
    /// </summary>
    internal double Worth => _answered is null ? 0.15 : 0.01;

    /// <summary>
    /// For a domain that learned nothing: words covered, chosen on xquad-en, covidqa, cuad and policyqa together. Cues of answer types, closeness of
    /// words, and idf among the found sentences moved no set by more than .02 and some down: left out. It judges no question.
    /// </summary>
    internal static AnswerModel HandSet { get; } = new([Sharp, .5f * Sharp, .4f * Sharp, .4f * Sharp, .4f * Sharp, .3f * Sharp, 0, 0, 0, 0]);

    /// <summary>For training: everything is measured, and nothing counts yet.</summary>
    internal static AnswerModel Unweighed { get; } = new(new AnswerModelFile(
        SentenceFeatures.Names.ToDictionary(name => name, _ => 0f), EvidenceFeatures.Names.Append(AnswerModelFile.Bias).ToDictionary(name => name, _ => 0f), 0.5));

    /// <summary>Whether sentences must be compared with the question by their vectors.</summary>
    internal bool NeedsVectors => _sentences[SentenceFeatures.Vector] != 0 || _answered is not null;

    /// <summary>Reads a file: a JSON object with <c>sentences</c>, <c>answered</c> and <c>least</c>.</summary>
    /// <exception cref="PermanentException"><c>answers-unreadable</c>: it is no such file, or one of another version. The message says which.</exception>
    public static AnswerModel Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return new AnswerModel(JsonSerializer.Deserialize<AnswerModelFile>(file, AnswerModelFile.Format) ?? throw Refused("it is empty", null));
        }
        catch (JsonException fault)
        {
            throw Refused("it is no JSON object of weights", fault);
        }
    }

    /// <summary>A sentence's score; comparable within one domain. By weights set by hand, one that covers nothing is no candidate.</summary>
    internal double ScoreOf(Candidate candidate) =>
        _answered is null && candidate.Coverage <= 0 ? double.NegativeInfinity : TensorPrimitives.Dot<float>(candidate.Features, _sentences);

    /// <summary>
    /// How likely the question is answered by what it found, 0 to 1; 0 where no sentence has a word of it, for some sentence is always the likest.
    /// Null: not learned.
    /// </summary>
    internal double? LikelihoodOf(IReadOnlyList<Candidate> candidates, IReadOnlyList<Found> found) =>
        _answered is null ? null
        : Judgement.CoverageOf(candidates) <= 0 ? 0
        : 1 / (1 + Math.Exp(-_bias - TensorPrimitives.Dot<float>(EvidenceFeatures.Of(candidates, found, ScoreOf), _answered)));

    private static float[] Weights(IReadOnlyDictionary<string, float>? weights, IReadOnlyList<string> names)
    {
        var strange = weights is null ? null : weights.Keys.Concat(names).FirstOrDefault(name => !weights.ContainsKey(name) || !names.Contains(name));
        return weights is null ? throw Refused("weights are missing", null)
            : strange is not null ? throw Refused($"it was fitted on other features than this version has: {strange}", null)
            : weights.Values.All(float.IsFinite) ? [.. names.Select(name => weights[name])]
            : throw Refused("a weight is no number", null);
    }

    private static PermanentException Refused(string problem, Exception? inner) =>
        new("answers-unreadable", $"The file of answers cannot be read: {problem}. Train it again with this version.", inner);
}
