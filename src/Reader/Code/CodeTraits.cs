namespace Tessera.Reader.Code;

/// <summary>What a language writes that a table of quotes and comments cannot say.</summary>
[Flags]
internal enum CodeTraits
{
    None = 0,

    /// <summary>Lines of a preprocessor: <c>#if</c>.</summary>
    Directives = 1,

    /// <summary>Regular expressions between slashes.</summary>
    Regexes = 2,

    /// <summary>Text below a line that holds <c>&lt;&lt;WORD</c>.</summary>
    Heredocs = 4,

    /// <summary><c>R"x(…)x"</c> of C++.</summary>
    ParenthesisedRaw = 8,

    /// <summary><c>r#"…"#</c> of Rust, <c>#"…"#</c> of Swift.</summary>
    HashedRaw = 16,

    /// <summary>An apostrophe may also mark a lifetime, a symbol or thousands: it opens a string only where one character later it closes.</summary>
    LoneApostrophes = 32,

    /// <summary><c>$tag$…$tag$</c> of PostgreSQL.</summary>
    DollarQuotes = 64,

    /// <summary>Code stands between <c>&lt;?</c> and <c>?&gt;</c>.</summary>
    Tags = 128,

    /// <summary>A hash opens a comment only at a word's start, and only braces pair.</summary>
    Shell = 256,

    /// <summary><c>"""…"""</c> of C#, with as many quotes as it takes.</summary>
    QuotedRaw = 512,

    /// <summary>A line's end ends a statement that can end there.</summary>
    LineEnds = 1024,
}
