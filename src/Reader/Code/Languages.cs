using System.Collections.Frozen;

namespace Tessera.Reader.Code;

/// <summary>The languages whose declarations are read.</summary>
internal static class Languages
{
    private static readonly Quote Double = new("\"");
    private static readonly Quote Single = new("'");
    private static readonly Quote[] CQuotes = [Double, Single];
    private static readonly string[] CTypes = ["namespace", "class", "struct", "union", "enum"];
    private static readonly string[] Hash = ["#"];
    private static readonly Quote Template = new("`", IsMultiline: true, Hole: "${");

    public static readonly Language CSharp = new("csharp", ".cs", ".csx")
    {
        Quotes =
        [
            new("\"", Hole: "{", Open: "$\""),
            new("\"", IsMultiline: true, Escapes: false, Hole: "{", Doubles: true, Open: "$@\""),
            new("\"", IsMultiline: true, Escapes: false, Hole: "{", Doubles: true, Open: "@$\""),
            new("\"", IsMultiline: true, Escapes: false, Doubles: true, Open: "@\""),
            .. CQuotes,
        ],
        Traits = CodeTraits.Directives | CodeTraits.QuotedRaw,
        Types = ["namespace", "class", "struct", "interface", "enum", "record"],
        HasBareFunctions = true,
    };

    private static readonly Language[] All =
    [
        CSharp,
        new("python", ".py", ".pyi", ".pyw")
        {
            Shape = CodeShape.Indents,
            LineComments = Hash,
            BlockComment = null,
            Quotes = [new("\"\"\"", IsMultiline: true), new("'''", IsMultiline: true), Double, Single],
            Types = ["class"],
            Functions = ["def"],
        },
        new("ruby", ".rb", ".rake")
        {
            Shape = CodeShape.Indents,
            LineComments = Hash,
            BlockComment = ("\n=begin", "\n=end"),
            Quotes = [Double with { Hole = "#{" }, Single],
            Traits = CodeTraits.Heredocs,
            Types = ["class", "module"],
            Functions = ["def"],
            End = "end",
        },
        new("javascript", ".js", ".mjs", ".cjs", ".jsx")
        {
            Quotes = [.. CQuotes, Template],
            Traits = CodeTraits.Regexes | CodeTraits.LineEnds,
            Types = ["class"],
            Functions = ["function"],
            HasBareFunctions = true,
        },
        new("typescript", ".ts", ".mts", ".cts", ".tsx")
        {
            Quotes = [.. CQuotes, Template],
            Traits = CodeTraits.Regexes | CodeTraits.LineEnds,
            Types = ["class", "interface", "enum", "namespace", "module", "type"],
            Functions = ["function"],
            HasBareFunctions = true,
        },
        new("java", ".java")
        {
            Quotes = [new("\"\"\"", IsMultiline: true), .. CQuotes],
            Types = ["class", "interface", "enum", "record"],
            HasBareFunctions = true,
            Package = "package",
        },
        new("go", ".go")
        {
            Quotes = [.. CQuotes, new("`", IsMultiline: true, Escapes: false)],
            Traits = CodeTraits.LineEnds,
            Types = ["type"],
            Functions = ["func"],
            Package = "package",
        },
        new("rust", ".rs")
        {
            NestsComments = true,
            Quotes = [Double with { IsMultiline = true }, Single],
            Traits = CodeTraits.HashedRaw | CodeTraits.LoneApostrophes,
            Types = ["mod", "struct", "enum", "union", "trait", "impl"],
            Functions = ["fn", "macro_rules"],
        },
        new("c", ".c", ".h")
        {
            Quotes = CQuotes,
            Traits = CodeTraits.Directives | CodeTraits.LoneApostrophes,
            Types = CTypes,
            HasBareFunctions = true,
        },
        new("cpp", ".cpp", ".cc", ".cxx", ".hpp", ".hh", ".hxx", ".ipp", ".cu")
        {
            Quotes = CQuotes,
            Traits = CodeTraits.Directives | CodeTraits.ParenthesisedRaw | CodeTraits.LoneApostrophes,
            Types = [.. CTypes, "concept"],
            HasBareFunctions = true,
        },
        new("php", ".php")
        {
            LineComments = ["//", "#"],
            Quotes = [Double with { IsMultiline = true }, Single with { IsMultiline = true }],
            Traits = CodeTraits.Heredocs | CodeTraits.Tags,
            Types = ["namespace", "class", "interface", "trait", "enum"],
            Functions = ["function"],
            Package = "namespace",
        },
        new("kotlin", ".kt", ".kts")
        {
            NestsComments = true,
            Quotes = [new("\"\"\"", IsMultiline: true, Escapes: false, Hole: "${"), Double with { Hole = "${" }, Single],
            Traits = CodeTraits.LineEnds,
            Types = ["class", "interface", "object"],
            Functions = ["fun", "constructor", "init"],
            Package = "package",
        },
        new("swift", ".swift")
        {
            NestsComments = true,
            Quotes = [new("\"\"\"", IsMultiline: true, Hole: "\\("), Double with { Hole = "\\(" }],
            Traits = CodeTraits.HashedRaw | CodeTraits.LineEnds,
            Types = ["class", "struct", "enum", "protocol", "extension", "actor"],
            Functions = ["func", "init", "deinit", "subscript"],
        },
        new("scala", ".scala", ".sc")
        {
            NestsComments = true,
            Quotes = [new("\"\"\"", IsMultiline: true, Escapes: false, Hole: "${"), Double with { Hole = "${" }, Single],
            Traits = CodeTraits.LoneApostrophes | CodeTraits.LineEnds,
            Types = ["package", "class", "trait", "object", "enum"],
            Functions = ["def"],
            Package = "package",
        },
        new("shell", ".sh", ".bash", ".zsh", ".ksh")
        {
            LineComments = Hash,
            BlockComment = null,
            Quotes = [Double with { IsMultiline = true, Hole = "$(" }, new("'", IsMultiline: true, Escapes: false)],
            Traits = CodeTraits.Heredocs | CodeTraits.Shell | CodeTraits.LineEnds,
            Functions = ["function"],
            HasBareFunctions = true,
        },
        new("sql", ".sql", ".ddl", ".psql")
        {
            Shape = CodeShape.Statements,
            LineComments = ["--"],
            Quotes =
            [
                new("'", IsMultiline: true, Escapes: false, Doubles: true),
                new("\"", IsMultiline: true, Escapes: false, Doubles: true),
                new("`", Escapes: false),
            ],
            Traits = CodeTraits.DollarQuotes,
        },
    ];

    private static readonly FrozenDictionary<string, Language> ByEnding =
        All.SelectMany(language => language.Endings, KeyValuePair.Create).ToFrozenDictionary(x => x.Value, x => x.Key);

    /// <summary>All endings of source files.</summary>
    public static string[] Endings => [.. ByEnding.Keys];

    /// <summary>The language of a file with one of <see cref="Endings"/>.</summary>
    public static Language Of(string ending) => ByEnding[ending];
}
