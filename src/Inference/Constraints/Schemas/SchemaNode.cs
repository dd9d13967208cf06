using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>A schema within a document, and where it stands there.</summary>
/// <param name="Json">An object or a boolean.</param>
/// <param name="Pointer">The JSON pointer; empty for the whole document.</param>
internal readonly record struct SchemaNode(JsonElement Json, string Pointer)
{
    /// <summary>The schema under a keyword.</summary>
    public SchemaNode At(string keyword, JsonElement child) => new(child, $"{Pointer}/{Escape(keyword)}");

    /// <summary>The schema at a place of a keyword's list.</summary>
    public SchemaNode At(string keyword, int place, JsonElement child) => new(child, $"{Pointer}/{Escape(keyword)}/{place}");

    /// <summary>The schema under a name of a keyword's map.</summary>
    public SchemaNode At(string keyword, string name, JsonElement child) => new(child, $"{Pointer}/{Escape(keyword)}/{Escape(name)}");

    /// <summary>What is wrong with a keyword here.</summary>
    public ModelException Bad(string keyword, string reason) => Bad(Pointer, keyword, reason);

    /// <summary>What is wrong with a keyword there.</summary>
    public static ModelException Bad(string pointer, string keyword, string reason) =>
        new(ModelFault.BadSchema, $"The JSON schema at '#{pointer}', keyword '{keyword}': {reason}");

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
