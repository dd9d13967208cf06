using System.Text.Json;

namespace Tessera.Inference.Constraints.Schemas;

/// <summary>
/// Grammars, in llama.cpp's GBNF, of the JSON texts that a schema allows. A text that a grammar takes is valid for its schema; some
/// valid texts are left out, because a model need not write them: properties come in the order of the schema, an object with
/// <c>properties</c> has no others unless <c>additionalProperties</c> says so, white space is one space or one line break with its
/// indent, whole numbers have at most 16 digits. <c>oneOf</c> is read as <c>anyOf</c>. Formats other than date, time, date-time and
/// uuid are remarks. Safe for concurrent use; schemas are not trusted.
/// </summary>
public static class JsonGrammar
{
    /// <summary>The grammar of any JSON object.</summary>
    public static string AnyObject { get; } = MakeAnyObject();

    /// <summary>The grammar of the texts that a JSON schema (draft 7 to 2020-12, references within it) allows.</summary>
    /// <exception cref="ModelException"><see cref="ModelFault.BadSchema"/>: it cannot be met, asks for what a grammar cannot keep, or is too large. The message names the place and the keyword.</exception>
    public static string FromSchema(JsonElement schema)
    {
        var grammar = new GrammarText();
        return grammar.Write(new SchemaCompiler(grammar, schema).Compile());
    }

    private static string MakeAnyObject()
    {
        var grammar = new GrammarText();
        return grammar.Write(grammar.Known("object"));
    }
}
