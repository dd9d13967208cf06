namespace Tessera.Reader.Formats;

/// <summary>Characters that RTF writes as control words.</summary>
internal static class RtfSymbols
{
    /// <summary>The text of a control, empty for controls without.</summary>
    public static string Text(string word) => word switch
    {
        "tab" or "nbsp" or "enspace" or "emspace" or "qmspace" => " ",
        "line" or "softline" or "lbr" => "\n",
        "nbhyphen" => "-",
        "emdash" => "\u2014",
        "endash" => "\u2013",
        "lquote" => "\u2018",
        "rquote" => "\u2019",
        "ldblquote" => "\u201C",
        "rdblquote" => "\u201D",
        "bullet" => "\u2022",
        _ => "",
    };
}
