using Tessera.Inference.Llama.Native;
using Tessera.Inference.Templates;

namespace Tessera.Inference.Llama.Vectors;

/// <summary>
/// Scores passages with a cross-encoder. A passage that does not fit beside the question is read in windows; the best one counts.
/// Safe for concurrent use.
/// </summary>
internal sealed class LlamaReranker(ModelHandle model, VectorEngine engine) : IReranker
{
    private const int LeastPassage = 32;

    private readonly VocabularyHandle vocabulary = new(model);
    private readonly PromptTokenizer tokenizer = new(new VocabularyHandle(model));
    private readonly string? template = model.Template("rerank");

    public async Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        var windows = passages.Select(passage => Windows(question, passage)).ToList();
        var scores = await engine.ReadAsync([.. windows.SelectMany(pairs => pairs)], cancellationToken).ConfigureAwait(false);
        var next = 0;
        var best = new List<double>(passages.Count);
        foreach (var pairs in windows)
        {
            best.Add(Enumerable.Range(next, pairs.Count).Max(i => (double)scores[i][0]));
            next += pairs.Count;
        }

        return best;
    }

    private List<IReadOnlyList<int>> Windows(string question, string passage)
    {
        var whole = Pair(question, passage);
        if (whole.Count <= engine.TextTokens)
        {
            return [whole];
        }

        var frame = Pair(question, "").Count;
        var room = engine.TextTokens - frame;
        if (room < LeastPassage)
        {
            throw new ModelException(ModelFault.PromptTooLong, $"The question has {frame} tokens; this model reads {engine.TextTokens} of question and passage together. Ask shorter.");
        }

        // Halves until each fits: tokens of a part are not known before it is read with its frame.
        var half = passage.LastIndexOf(' ', passage.Length / 2) is var blank and > 0 ? blank : passage.Length / 2;
        return [.. Windows(question, passage[..half]), .. Windows(question, passage[half..])];
    }

    private IReadOnlyList<int> Pair(string question, string passage)
    {
        if (template is not null)
        {
            return tokenizer.Tokenize(Fill(template, question, passage));
        }

        int[] end = vocabulary.AddsEnd ? [vocabulary.End >= 0 ? vocabulary.End : vocabulary.Separator] : [];
        return
        [
            .. vocabulary.AddsBegin ? [vocabulary.Begin] : Array.Empty<int>(),
            .. vocabulary.Tokenize(question, addSpecial: false, parseSpecial: false),
            .. end,
            .. vocabulary.AddsSeparator ? [vocabulary.Separator] : Array.Empty<int>(),
            .. vocabulary.Tokenize(passage, addSpecial: false, parseSpecial: false),
            .. end,
        ];
    }

    private static List<PromptPart> Fill(string template, string question, string passage)
    {
        var parts = new List<PromptPart>();
        while (template.Length > 0)
        {
            var (query, document) = (template.IndexOf("{query}", StringComparison.Ordinal), template.IndexOf("{document}", StringComparison.Ordinal));
            if (query < 0 && document < 0)
            {
                parts.Add(new PromptPart(template, Trusted: true));
                break;
            }

            var isQuery = query >= 0 && (document < 0 || query < document);
            var at = isQuery ? query : document;
            parts.Add(new PromptPart(template[..at], Trusted: true));
            parts.Add(new PromptPart(isQuery ? question : passage, Trusted: false));
            template = template[(at + (isQuery ? "{query}" : "{document}").Length)..];
        }

        return parts;
    }
}
