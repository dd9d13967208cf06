using System.Text.Json;
using System.Text.RegularExpressions;
using Tessera.Unit;

namespace Tessera.Integration.Documents;

/// <summary>Every real file of the shared collection, uploaded, ends as its manifest expects.</summary>
public sealed class ManifestEvaluation(HostFixture host)
{
    private static readonly Regex Space = new(@"\s+", RegexOptions.NonBacktracking);

    private static readonly bool HasOcr = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "tesseract")));

    [Fact]
    public async Task Files_of_the_manifest_end_as_expected()
    {
        var folder = SharedData.Require("files");
        var bench = await Bench.OnAsync(host);
        var entries = File.ReadLines(Path.Combine(folder, "manifest.jsonl")).Select(x => JsonSerializer.Deserialize<JsonElement>(x)).ToList();
        var uploads = new List<(JsonElement Entry, Guid Id)>();
        foreach (var entry in entries)
        {
            var file = entry.GetProperty("file").GetString()!;
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);
            uploads.Add((entry, await bench.Http.AddAsync(bytes, Path.GetFileName(file))));
        }

        var wrong = new List<string>();
        foreach (var (entry, id) in uploads)
        {
            var document = await bench.Http.EndAsync(id);
            if (!await IsExpectedAsync(bench, entry, document))
            {
                wrong.Add($"{entry.GetProperty("file")} ({entry.GetProperty("expect")}): {document.GetProperty("status")} {document.GetProperty("reasonCode")} {document.GetProperty("reason")}");
            }
        }

        Assert.NotEmpty(uploads);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static async Task<bool> IsExpectedAsync(Bench bench, JsonElement entry, JsonElement document)
    {
        var searchable = document.GetProperty("status").GetString() == "Searchable";
        var code = document.GetProperty("reasonCode").GetString();
        return entry.GetProperty("expect").GetString() switch
        {
            "text" => searchable && await HoldsAsync(bench, entry, document),
            "none" when HasOcr => searchable && await HoldsAsync(bench, entry, document),
            "none" => !searchable && code == "no-text",
            "password" => !searchable && code == "encrypted",
            "refuse" => !searchable && code is not null,
            "either" => searchable || code is not null,
            var other => throw new InvalidOperationException($"The manifest expects {other}."),
        };
    }

    private static async Task<bool> HoldsAsync(Bench bench, JsonElement entry, JsonElement document)
    {
        var text = await bench.Http.TextAsync(document.GetProperty("id").GetGuid());
        var probe = entry.TryGetProperty("probe", out var value) ? value.GetString() ?? "" : "";
        return Space.Replace(text, " ").Contains(Space.Replace(probe, " "), StringComparison.Ordinal);
    }
}
