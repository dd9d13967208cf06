namespace Tessera.Reader.Code;

/// <summary>How a language shows where a declaration ends.</summary>
internal enum CodeShape
{
    /// <summary>By brackets.</summary>
    Braces,

    /// <summary>By indentation, with or without a closing word.</summary>
    Indents,

    /// <summary>By the semicolon of each statement.</summary>
    Statements,
}
