using System.Text.Json;
using Tessera.Sdk;

namespace Tessera.Rag.Evaluation;

/// <summary>What a right answer to a question is.</summary>
/// <param name="Texts">The evidence where the set has it, else the answers; any is right.</param>
/// <param name="Spans">Where it stands; from <c>spans</c>, else the evidence, else the answers found in a relevant passage.</param>
internal sealed record GoldAnswer(bool Answerable, IReadOnlyList<string> Texts, IReadOnlyList<GoldSpan> Spans)
{
    /// <summary>A line of a set's answers: the query's id and its gold.</summary>
    /// <exception cref="KeyNotFoundException">The line lacks something.</exception>
    /// <exception cref="InvalidOperationException">Something is not of the kind that it must be.</exception>
    public static (string Query, GoldAnswer Gold) Read(JsonElement line, ScratchCorpus corpus, Func<string, IEnumerable<string>> relevant)
    {
        var query = line.GetProperty("_id").GetString()!;
        var answers = Strings(line, "answers");
        var evidence = Strings(line, "evidence");
        if (!line.GetProperty("answerable").GetBoolean())
        {
            return (query, new GoldAnswer(false, [], []));
        }

        var texts = evidence.Count > 0 ? evidence : answers;
        var spans = line.TryGetProperty("spans", out var given) && given.GetArrayLength() > 0
            ? [.. given.EnumerateArray().Select(span => corpus.SpanOf(line.GetProperty("doc").GetString()!, span[0].GetInt32(), span[1].GetInt32()))]
            : relevant(query).SelectMany(passage => texts.SelectMany(text => corpus.Find(passage, text))).Distinct().ToList();
        return (query, new GoldAnswer(true, texts, spans));
    }

    private static List<string> Strings(JsonElement line, string name) =>
        line.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}

/// <summary>A stretch of a document that answers.</summary>
internal readonly record struct GoldSpan(DocumentId Document, int Start, int End);
