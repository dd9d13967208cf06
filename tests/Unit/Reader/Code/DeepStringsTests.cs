using Tessera.Rag.Ingestion;
using Tessera.Sdk;

namespace Tessera.Unit.Reader.Code;

/// <summary>Strings in strings in strings: the compiler's parser needs time that grows with the depth's square and more.</summary>
public sealed class DeepStringsTests(ReaderBench bench) : IClassFixture<ReaderBench>
{
    [Fact]
    public void Raw_strings_with_holes_end_where_they_end() => Assert.Equal(
        """
        1-1 A
        3-5 A › M
        7-7 A › N
        """,
        CodeReading.Outline(
            string.Concat(
                "class A {\n\nvoid M() {\n",
                "var deep = ", string.Concat(Enumerable.Repeat("$\"\"\"{", 20)), "1", string.Concat(Enumerable.Repeat("}\"\"\"", 20)), ";\n",
                "var s = $$\"\"\"{ \"}\" {{(1 > 0 ? \"{\" : $\"{2}\")}} \"\"\"; }\n\nvoid N() { }\n}"),
            "a.cs"));

    [Theory]
    [InlineData("$\"\"\"{", "}\"\"\"")]
    [InlineData("$\"\"\"\n{", "}\n\"\"\"")]
    [InlineData("$$\"\"\"} }{{", "}}\"\"\"")]
    [InlineData("$@\"}}{", "}\"")]
    [InlineData("$\"{", "}\"")]
    public async Task Source_of_strings_in_strings_is_read_as_text_and_costs_no_worker(string open, string close)
    {
        foreach (var ending in new[] { string.Concat(Enumerable.Repeat(close, 12_000)), "" })
        {
            var text = $"class A {{ object x = {string.Concat(Enumerable.Repeat(open, 12_000))}1{ending}; }}";
            var outcome = Assert.IsType<ReadOutcome.Text>(await bench.ReadAsync(System.Text.Encoding.UTF8.GetBytes(text), "a.cs"));
            Assert.Equal(text, string.Join(Section.Joint, outcome.Sections.Select(x => x.Text)));
        }

        Assert.Single(bench.Pool.IdleProcesses);
    }
}
