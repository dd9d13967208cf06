using System.Globalization;

namespace Tessera.Reader.Formats;

/// <summary>A Word document's paragraph styles, as far as they tell headings and numbers.</summary>
internal sealed class DocxStyles
{
    private const int LongestChain = 20;

    private readonly Dictionary<string, Style> _styles = [];

    public void Read(XmlWalk walk)
    {
        var style = new Style();
        while (walk.Next())
        {
            if (!walk.IsStart)
            {
                continue;
            }

            switch (walk.Name)
            {
                case "style":
                    style = new Style();
                    _styles.TryAdd(walk["styleId"] ?? "", style);
                    break;
                case "name":
                    style.Name = (walk["val"] ?? "").ToLowerInvariant();
                    break;
                case "basedOn":
                    style.BasedOn = walk["val"];
                    break;
                case "outlineLvl":
                    style.OutlineLevel = DocxNumbering.Number(walk["val"]);
                    break;
                case "numId":
                    style.NumberingId = walk["val"];
                    break;
                case "ilvl":
                    style.NumberingLevel = DocxNumbering.Number(walk["val"]);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Level of a heading style: 0 for the title, 1 to 9; null for styles of text.</summary>
    public int? HeadingLevel(string? styleId)
    {
        foreach (var style in Chain(styleId))
        {
            if (style.Name == "title")
            {
                return 0;
            }

            if (style.Name.StartsWith("heading ", StringComparison.Ordinal)
                && int.TryParse(style.Name.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var named))
            {
                return Math.Clamp(named, 1, 9);
            }

            if (style.OutlineLevel is { } level)
            {
                return level is >= 0 and <= 8 ? level + 1 : null;
            }
        }

        return null;
    }

    /// <summary>Whether the style belongs to a table of contents: what it lists stands in the document itself.</summary>
    public bool IsContents(string? styleId) => Chain(styleId).Any(x => x.Name.StartsWith("toc ", StringComparison.Ordinal));

    /// <summary>The numbering that a style brings along.</summary>
    public (string Id, int Level)? Numbering(string? styleId)
    {
        var chain = Chain(styleId).ToList();
        return chain.Find(x => x.NumberingId is not null) is { } style
            ? (style.NumberingId!, chain.Find(x => x.NumberingLevel is not null)?.NumberingLevel ?? 0)
            : null;
    }

    private IEnumerable<Style> Chain(string? styleId)
    {
        for (var i = 0; i < LongestChain && styleId is not null && _styles.TryGetValue(styleId, out var style); i++)
        {
            yield return style;
            styleId = style.BasedOn;
        }
    }

    private sealed class Style
    {
        public string Name { get; set; } = "";

        public string? BasedOn { get; set; }

        public int? OutlineLevel { get; set; }

        public string? NumberingId { get; set; }

        public int? NumberingLevel { get; set; }
    }
}
