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

    /// <summary>Text without line breaks and control characters, which could steer a terminal.</summary>
    public static string OneLine(string text, int longest)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = new string([.. line.Where(c => !char.IsControl(c))]);
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)] + "…";
    }
}
