using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>A schema within a document, and where it stands there.</summary>
/// <param name="Json">An object or a boolean.</param>
/// <param name="Pointer">The JSON pointer; empty for the whole document.</param>
internal readonly record struct SchemaNode(JsonElement Json, string Pointer)
{
    /// <summary>Every schema keeps its pointer.</summary>
    private const int LongestPointer = 1_000;

    /// <summary>The schema under a keyword.</summary>
    public SchemaNode At(string keyword, JsonElement child) => Below(keyword, $"/{keyword}", child);

    /// <summary>The schema at a place of a keyword's list.</summary>
    public SchemaNode At(string keyword, int place, JsonElement child) => Below(keyword, $"/{keyword}/{place}", child);

    /// <summary>The schema under a name of a keyword's map.</summary>
    public SchemaNode At(string keyword, string name, JsonElement child) => Below(keyword, $"/{keyword}/{Escape(name)}", child);

    /// <summary>What is wrong with a keyword here.</summary>
    public ModelException Bad(string keyword, string reason) => Bad(Pointer, keyword, reason);

    /// <summary>What is wrong with a keyword there.</summary>
    public static ModelException Bad(string pointer, string keyword, string reason) =>
        new(ModelFault.BadSchema, $"The JSON schema at '#{pointer}', keyword '{keyword}': {reason}");

    private SchemaNode Below(string keyword, string steps, JsonElement child) => Pointer.Length + steps.Length <= LongestPointer
        ? new SchemaNode(child, Pointer + steps)
        : throw Bad(keyword, $"The names on the way to it come to more than {LongestPointer} characters; make them shorter or the schema flatter.");

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
