using System.Collections.Frozen;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Tessera.Reader.Formats;

/// <summary>What HTML's elements mean for their text.</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string> Blocks = (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
        "header hgroup hr html legend li listing main menu ol p plaintext pre section summary table tbody td tfoot th thead tr ul xmp")
        .Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Skipped =
        "script style template noscript noembed noframes iframe svg select datalist button nav audio video canvas".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Hideable = "div section article aside span ul ol table".Split(' ').ToFrozenSet();

    /// <summary>How the tokenizer must read what follows a start tag.</summary>
    public static HtmlParseMode ContentOf(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    public static bool IsBlock(string name) => Blocks.Contains(name);

    /// <summary>1 to 6, or 0.</summary>
    public static int HeadingLevel(string name) => name is ['h', >= '1' and <= '6'] ? name[1] - '0' : 0;

    /// <summary>Elements whose content is no text for a reader, and those that must be closed and are marked as hidden.</summary>
    public static bool IsSkipped(HtmlTagToken tag) => Skipped.Contains(tag.Name) || (Hideable.Contains(tag.Name) && IsHidden(tag));

    private static bool IsHidden(HtmlTagToken tag)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name == "hidden" || (attribute.Name == "style" && Hides(attribute.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hides(string style)
    {
        var plain = style.Replace(" ", "", StringComparison.Ordinal);
        return plain.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || plain.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }
}
