namespace Tessera.Reader.Code;

/// <summary>What the readers of code must know of a language: one entry of <see cref="Languages"/>.</summary>
/// <param name="Name">Value of the tag <c>language</c>.</param>
/// <param name="Endings">Lower case, with the dot.</param>
internal sealed record Language(string Name, params string[] Endings)
{
    public CodeShape Shape { get; init; } = CodeShape.Braces;

    public string[] LineComments { get; init; } = ["//"];

    /// <summary>Opening and closing mark; null where the language has none.</summary>
    public (string Open, string Close)? BlockComment { get; init; } = ("/*", "*/");

    /// <summary>Whether block comments nest.</summary>
    public bool NestsComments { get; init; }

    /// <summary>Longer marks first.</summary>
    public Quote[] Quotes { get; init; } = [];

    public CodeTraits Traits { get; init; }

    /// <summary>Words that open a type or another container of declarations.</summary>
    public string[] Types { get; init; } = [];

    /// <summary>Words that open a function.</summary>
    public string[] Functions { get; init; } = [];

    /// <summary>Whether a name, its parameters and a block are a function without any word.</summary>
    public bool HasBareFunctions { get; init; }

    /// <summary>The word of the line that names the file's package or namespace.</summary>
    public string? Package { get; init; }

    /// <summary>The word that closes a block at the indentation of its head.</summary>
    public string? End { get; init; }

    public bool Has(CodeTraits traits) => (Traits & traits) != 0;
}
