using System.Text.Json;

namespace Tessera.Rag.Evaluation;

/// <summary>
/// Reads <c>questions.jsonl</c>: a case a line with <c>question</c> and either <c>document</c> and <c>expect</c>, or <c>refuse</c>.
/// </summary>
internal static class GoldenQuestions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The cases with their lines, counted from 1.</summary>
    /// <param name="file">The file.</param>
    /// <param name="documents">The names that a case may have.</param>
    /// <exception cref="EvaluationDataException">A case is not as it must be; the message names the line and says how it is mended.</exception>
    public static IReadOnlyList<(int Line, GoldenCase Case)> Read(string file, IReadOnlySet<string> documents) =>
    [
        .. File.ReadLines(file).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => (line.Index + 1, Read(line.Item, line.Index + 1, documents))),
    ];

    private static GoldenCase Read(string line, int number, IReadOnlySet<string> documents)
    {
        try
        {
            var golden = JsonSerializer.Deserialize<GoldenCase>(line, Json) ?? throw Broken(number, "it is no case.");
            return Complaint(golden, documents) is { } complaint ? throw Broken(number, complaint) : golden;
        }
        catch (JsonException broken)
        {
            throw Broken(number, $"{broken.Message} A case is one JSON object on one line: {{\"question\": …, \"document\": …, \"expect\": …}}.");
        }
    }

    private static string? Complaint(GoldenCase golden, IReadOnlySet<string> documents) => golden switch
    {
        _ when string.IsNullOrWhiteSpace(golden.Question) => "'question' is empty. Write what is asked.",
        { Refuse: true, Document: null, Expect: null } => null,
        { Refuse: true } => "a case that must be refused has no 'document' and no 'expect'. Take either out.",
        _ when string.IsNullOrWhiteSpace(golden.Expect) => "'expect' is missing. Copy words from the document that answer, or say \"refuse\": true.",
        { Document: null or "" } => "'document' is missing. Name the file below documents/ that answers.",
        _ when !documents.Contains(golden.Document) => $"there is no file '{golden.Document}' below documents/.{Nearest(golden.Document, documents)}",
        _ => null,
    };

    private static string Nearest(string name, IReadOnlySet<string> documents)
    {
        var near = documents.Where(x => string.Equals(Path.GetFileNameWithoutExtension(x), Path.GetFileNameWithoutExtension(name), StringComparison.OrdinalIgnoreCase));
        var shown = near.DefaultIfEmpty(documents.Order(StringComparer.Ordinal).FirstOrDefault()).First();
        return shown is null ? "" : $" Names are written as they stand there, such as '{shown}'.";
    }

    private static EvaluationDataException Broken(int line, string problem) => new($"questions.jsonl, line {line}: {problem}");
}
