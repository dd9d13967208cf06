using System.Text.RegularExpressions;

namespace Tessera.Architecture;

/// <summary>How the sources look: short files, one public type each, no unsafe code, no unbounded regexes.</summary>
public sealed class SourceRules
{
    private const int LongestFile = 300;
    private const int MedianFile = 90;

    private static readonly Regex PublicType = new(
        @"^public (?:(?:sealed|abstract|static|readonly|partial|unsafe) )*(?:class|record struct|record|struct|interface|enum|delegate)\b",
        RegexOptions.NonBacktracking | RegexOptions.Multiline);

    // The keyword as a modifier or before a block: prose and strings may speak of unsafe archives.
    private static readonly Regex Unsafe = new(
        @"^\s*(?:(?:public|internal|private|protected|static|sealed|readonly|partial|extern|override|virtual|async|new) )*unsafe\b|\bLibraryImport\b|\bDllImport\b",
        RegexOptions.NonBacktracking | RegexOptions.Multiline);

    private static readonly Regex MakesRegex = new(@"new Regex\(|\[GeneratedRegex\(|Regex\.(?:IsMatch|Match|Matches|Replace|Split)\(", RegexOptions.NonBacktracking);

    private static readonly Regex Interpolated = new(@"\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\(\s*\$", RegexOptions.NonBacktracking);

    private static IReadOnlyList<string> Product => House.Sources("src", ".cs", ".razor");

    [Fact]
    public void Files_are_short()
    {
        var lengths = House.Sources(".", ".cs", ".razor").Select(x => (File: x, Lines: House.Read(x).Count(c => c == '\n'))).ToList();
        Assert.NotEmpty(lengths);
        Assert.Empty(lengths.Where(x => x.Lines > LongestFile));
        var median = lengths.Select(x => x.Lines).Order().ElementAt(lengths.Count / 2);
        Assert.InRange(median, 1, MedianFile);
    }

    [Fact]
    public void File_holds_one_public_type_or_one_family() =>
        Assert.Empty(Product.Where(x => x.EndsWith(".cs", StringComparison.Ordinal)).Where(x => IsCrowded(House.Read(x))));

    [Fact]
    public void Native_code_lives_in_its_rooms() =>
        Assert.Empty(Product.Where(x => Unsafe.IsMatch(WithoutComments(House.Read(x))) && !IsNativeRoom(x)));

    [Fact]
    public void Regexes_end_in_bounded_time() => Assert.Empty(Product.Where(x => HasUnboundedRegex(House.Read(x))));

    [Fact]
    public void Logs_have_templates() => Assert.Empty(Product.Where(x => Interpolated.IsMatch(House.Read(x))));

    [Fact]
    public void Offenders_are_caught()
    {
        Assert.True(IsCrowded("public sealed class A\n{\n}\n\npublic sealed class B\n{\n}\n"));
        Assert.False(IsCrowded("public sealed record A(int X);\n\npublic sealed record B(int Y);\n"));
        Assert.Matches(Unsafe, "    public static unsafe void Read(byte* p)");
        Assert.Matches(Unsafe, "    unsafe\n    {");
        Assert.DoesNotMatch(Unsafe, "throw new UnreadableException(\"unsafe-archive\", reason);");
        Assert.True(HasUnboundedRegex("var x = new Regex(\"(a+)+$\");"));
        Assert.False(HasUnboundedRegex("var x = new Regex(\"a+\", RegexOptions.NonBacktracking);"));
        Assert.Matches(Interpolated, "logger.LogInformation($\"asked {question}\")");
    }

    // Tiny records and enums of one subject may share a file; a class or an interface with company may not.
    private static bool IsCrowded(string text)
    {
        var types = PublicType.Matches(text).Select(x => x.Value).ToList();
        return types.Count > 1 && types.Count(x => !x.Contains("record", StringComparison.Ordinal) && !x.Contains("enum", StringComparison.Ordinal)) > 1;
    }

    private static bool IsNativeRoom(string file) =>
        file.StartsWith("src/Inference/Llama/Native/", StringComparison.Ordinal) || file is "src/Host/Data/DirectorySync.cs" or "src/Host/Startup/QuietThread.cs";

    private static bool HasUnboundedRegex(string text)
    {
        var code = WithoutComments(text);
        foreach (var match in MakesRegex.Matches(code).Cast<Match>())
        {
            var end = code.IndexOf(';', match.Index);
            var call = code[match.Index..(end < 0 ? code.Length : end)];
            if (!call.Contains("NonBacktracking", StringComparison.Ordinal) && !call.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutComments(string text) =>
        string.Join('\n', text.Split('\n').Where(x => !x.TrimStart().StartsWith("//", StringComparison.Ordinal)));
}
