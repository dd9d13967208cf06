using System.Text.Json.Nodes;

namespace Tessera.Host.Cli;

/// <summary>Where something stands, on one line of a terminal.</summary>
internal static class Place
{
    /// <summary>Document, page and heading trail of a passage or citation.</summary>
    public static string Of(JsonNode at) => string.Join(" · ", new[]
    {
        at["documentName"]?.GetValue<string>() ?? "",
        at["page"] is { } page ? $"page {page}" : "",
        at["path"]?.GetValue<string>() ?? "",
        $"{at["start"]}–{at["end"]}",
    }.Where(part => part.Length > 0).Select(part => OneLine(part, 200)));

    /// <summary>Where else a passage or a quote stands, a line each, with the words that differ where it is only nearly the same.</summary>
    public static IEnumerable<string> Also(JsonNode? places) => (places?.AsArray() ?? []).Select(one =>
    {
        var (adds, lacks) = (Words(one!["adds"]), Words(one["lacks"]));
        var folder = one["folder"]!.GetValue<string>();
        var differs = string.Join("; ", new[] { adds.Length > 0 ? $"with: {adds}" : "", lacks.Length > 0 ? $"without: {lacks}" : "" }.Where(x => x.Length > 0));
        return $"{(one["same"]?.GetValue<bool>() != false ? "also" : "nearly the same")} in {(folder.Length > 0 ? $"{OneLine(folder, 200)}/" : "")}{Of(one)}{(differs.Length > 0 ? $" ({differs})" : "")}";

        static string Words(JsonNode? words) => words is null ? "" : OneLine(string.Join(' ', words.AsArray().Select(word => word!.GetValue<string>())), 100);
    });

    /// <summary>Text without line breaks and control characters, which could steer a terminal.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Where(c => !char.IsControl(c))]);
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)] + "…";
    }
}
