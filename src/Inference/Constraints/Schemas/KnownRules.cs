namespace Tessera.Inference.Constraints.Schemas;

/// <summary>The rules of plain JSON values.</summary>
internal static class KnownRules
{
    /// <summary>White space where JSON allows it, bounded: small models fall into endless blanks.</summary>
    private const string Space = "| \" \" | \"\\n\" [ \\t]{0,20}";

    /// <summary>A character, escaped or not. Halves of characters (<c>\ud83d</c>) are left out: they need not come in pairs.</summary>
    private const string Char = "[^\"\\\\\\x7F\\x00-\\x1F] | [\\\\] ([\"\\\\/bfnrt] | \"u\" code)";

    private const string Code = "[0-9a-cA-CefEF] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] | [dD] [0-7] [0-9a-fA-F] [0-9a-fA-F]";

    public static (string Body, string[] Parts) Of(string name) => name switch
    {
        "space" => (Space, []),
        "code" => (Code, []),
        "char" => (Char, ["code"]),
        "string" => ("\"\\\"\" char* \"\\\"\"", ["char"]),
        "null" => ("\"null\"", []),
        "boolean" => ("\"true\" | \"false\"", []),
        "whole" => ("\"0\" | [1-9] [0-9]{0,15}", []),
        "integer" => ("\"-\"? whole", ["whole"]),
        "exponent" => ("[eE] [-+]? [1-9] [0-9]?", []),
        "number" => ("\"-\"? whole (\".\" [0-9]{1,16})? exponent?", ["whole", "exponent"]),
        "member" => ("string \":\" space value", ["string", "space", "value"]),
        "next-member" => ("\",\" space member", ["space", "member"]),
        "object" => ("\"{\" space (member next-member* space)? \"}\"", ["space", "member", "next-member"]),
        "next-value" => ("\",\" space value", ["space", "value"]),
        "array" => ("\"[\" space (value next-value* space)? \"]\"", ["space", "value", "next-value"]),
        "value" => ("object | array | string | number | boolean | null", ["object", "array", "string", "number", "boolean", "null"]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such rule."),
    };
}
