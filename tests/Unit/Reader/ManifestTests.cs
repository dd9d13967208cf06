using System.Text.Json;
using System.Text.RegularExpressions;
using Tessera.Rag.Ingestion;
using Tessera.Reader.Ocr;

namespace Tessera.Unit.Reader;

/// <summary>Every real file of the shared collection ends as its manifest expects.</summary>
public sealed class ManifestTests(ReaderBench bench) : IClassFixture<ReaderBench>
{
    private static readonly Regex Space = new(@"\s+", RegexOptions.NonBacktracking);

    [Theory]
    [InlineData("pdf")]
    [InlineData("pdf-scan")]
    [InlineData("docx")]
    [InlineData("xlsx")]
    [InlineData("pptx")]
    [InlineData("epub")]
    [InlineData("html")]
    [InlineData("rtf")]
    [InlineData("ipynb")]
    [InlineData("md")]
    [InlineData("rst")]
    [InlineData("txt")]
    [InlineData("csv")]
    [InlineData("eml")]
    [InlineData("image")]
    [InlineData("xml")]
    [InlineData("archive")]
    public async Task Files_OfTheManifest_EndAsExpected(string kind)
    {
        var folder = SharedData.Require("files");
        var wrong = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, "manifest.jsonl")))
        {
            var entry = JsonSerializer.Deserialize<JsonElement>(line);
            if (entry.GetProperty("kind").GetString() == kind)
            {
                count++;
                var file = entry.GetProperty("file").GetString()!;
                var outcome = await bench.ReadAsync(Path.Combine(folder, file));
                var probe = entry.TryGetProperty("probe", out var value) ? value.GetString() ?? "" : "";
                if (!IsExpected(entry.GetProperty("expect").GetString()!, probe, outcome))
                {
                    wrong.Add($"{file}: {Describe(outcome)}");
                }
            }
        }

        Assert.True(count > 0);
        Assert.Empty(wrong);
    }

    private static bool IsExpected(string expect, string probe, ReadOutcome outcome) => expect switch
    {
        "text" => Holds(outcome, probe),
        "none" when OcrTools.Missing(forPdf: true) is null => Holds(outcome, probe),
        "none" => outcome is ReadOutcome.Failed { Code: "no-text" },
        "password" => outcome is ReadOutcome.Failed { Code: "encrypted" },
        "either" => outcome is ReadOutcome.Failed or ReadOutcome.Archive || Holds(outcome, probe),
        "refuse" => outcome is ReadOutcome.Failed,
        _ => throw new InvalidOperationException($"The manifest expects {expect}."),
    };

    private static bool Holds(ReadOutcome outcome, string probe) =>
        outcome is ReadOutcome.Text text
        && Space.Replace(string.Join("\n\n", text.Sections.Select(x => x.Text)), " ").Contains(Space.Replace(probe, " "), StringComparison.Ordinal);

    private static string Describe(ReadOutcome outcome) => outcome switch
    {
        ReadOutcome.Failed failed => $"{failed.Code} {failed.Reason}",
        ReadOutcome.Text text => string.Join(" / ", text.Sections.Select(x => x.Text))[..Math.Min(300, text.Sections.Sum(x => x.Text.Length))],
        _ => "archive",
    };
}
