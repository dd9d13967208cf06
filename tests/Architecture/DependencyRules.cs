using Mono.Cecil;

namespace Tessera.Architecture;

/// <summary>Who may use whom, read from the compiled references.</summary>
public sealed class DependencyRules
{
    private static readonly string[] Bcl = ["System", "Microsoft.CSharp", "Microsoft.Win32", "netstandard", "mscorlib"];

    // What an assembly may reference, by the first words of the name; the base class library always.
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["Tessera.Sdk"] = ["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.AI.Abstractions"],
        ["Tessera.Legal"] = ["Tessera.Sdk", "Microsoft.Extensions.Logging.Abstractions"],
        ["Tessera.Medical"] = ["Tessera.Sdk", "Microsoft.Extensions.Logging.Abstractions"],
        ["Tessera.Code"] = ["Tessera.Sdk", "Microsoft.Extensions.Logging.Abstractions"],
        ["Tessera.Reader"] =
        [
            "Tessera.Sdk", "UglyToad.PdfPig", "DocumentFormat.OpenXml", "AngleSharp", "Markdig", "MimeKit", "SharpCompress",
            "UtfUnknown", "Microsoft.CodeAnalysis", "CsvHelper",
        ],
        ["Tessera.Inference"] =
        [
            "Tessera.Sdk", "Microsoft.Extensions.AI", "Microsoft.Extensions.Logging.Abstractions", "OpenAI", "Polly",
        ],
        ["Tessera.Rag"] =
        [
            "Tessera.Sdk", "Microsoft.Extensions.AI", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Data.Sqlite", "SQLitePCLRaw",
            "Npgsql", "Pgvector", "Polly",
        ],
        ["Tessera.Training"] = ["Tessera.Sdk", "Tessera.Rag", "Tessera.Inference", "Microsoft.Extensions.AI", "System.CommandLine"],
    };

    public static TheoryData<string> Assemblies => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_references_only_what_the_table_allows(string name) =>
        Assert.Empty(Foreign(House.Assembly(name), Table[name]));

    [Fact]
    public void Host_references_no_domain_reader_or_training()
    {
        var references = References(House.Assembly("Tessera.Host"));
        Assert.Contains("Tessera.Rag", references);
        Assert.DoesNotContain(references, x => x is "Tessera.Reader" or "Tessera.Training" or "Tessera.Legal" or "Tessera.Medical" or "Tessera.Code");
    }

    [Fact]
    public void Offender_that_references_a_test_framework_is_caught() =>
        Assert.Contains("xunit.v3.core", Foreign(House.Assembly("Tessera.Architecture"), Table["Tessera.Rag"]));

    private static List<string> References(AssemblyDefinition assembly) => [.. assembly.MainModule.AssemblyReferences.Select(x => x.Name)];

    private static List<string> Foreign(AssemblyDefinition assembly, string[] allowed)
    {
        var references = References(assembly);
        Assert.NotEmpty(references);
        return [.. references.Where(x => !Bcl.Concat(allowed).Any(a => x == a || x.StartsWith(a + ".", StringComparison.Ordinal)))];
    }
}
