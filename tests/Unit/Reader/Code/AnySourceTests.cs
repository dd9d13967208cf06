using System.Diagnostics;
using CsCheck;
using Tessera.Reader.Code;
using Tessera.Reader.Formats;
using Tessera.Sdk;

namespace Tessera.Unit.Reader.Code;

/// <summary>What holds for any text under any ending.</summary>
public class AnySourceTests
{
    private static readonly string[] Pieces =
    [
        "class A {", "}", "{", "(", ")", "[", "]", "\n", "\n\n", "    ", "\t", "def f(x):", "func (r T) F() {", "function g() {", "=> {", "if (x) {",
        "\"", "'", "`", "${", "\\(", "\\", "/*", "*/", "//", "#", "--", "<<EOF", "EOF", "$$", "$a$", "R\"x(", ")x\"", "r#\"", "\"\"\"", "'''", "/", "/[", "@",
        "fn f<'a>(", "impl X for Y {", "namespace N;", "#if A", "#else", "#endif", "end", "do |x|", "CREATE FUNCTION f()", "BEGIN", "END;", ";", ",", ":", "=",
        "<?php", "?>", "template <class T>", "$$\"\"\"", "{{", "}}", "operator==", "public:", "// comment", "é", "😀", "word", "1'000", "$\"{", "record R(int x);",
    ];

    private static readonly Gen<string> Sources = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 200].Select(x => string.Join(' ', x) + "x");

    private static readonly Gen<string> Endings = Gen.Int[0, Languages.Endings.Length - 1].Select(i => Languages.Endings[i]);

    private static readonly string[] Repeated =
    [
        "f(", "f() {", "{", "}", "class A {", "=/[", "<<A\n", "a({", "-", "a ? ", "${", "`${", "$\"{", "/*", "#if A\n#else\n", "def f(x):\n ", "// x\n", "$a$", "r#\"",
        "BEGIN ", "<?php ?>", "class A:\n", "\"", "$", "$\"\"\"{", "$$\"\"\"} }{{", "$@\"}}{", "\"\"\"\"x",
    ];

    public static TheoryData<string> EveryLanguage => [.. Languages.Endings.DistinctBy(x => Languages.Of(x).Name)];

    [Fact]
    public void Sections_of_any_source_are_verbatim_in_order_and_lose_nothing() => Gen.Select(Sources, Endings).Sample((text, ending) =>
    {
        var clean = TextRules.Clean(text);
        var dropped = text.TakeWhile(char.IsWhiteSpace).Count(c => c == '\n');
        var at = 0;
        foreach (var section in CodeReading.Read(text, "a" + ending))
        {
            var found = clean.IndexOf(section.Text, at, StringComparison.Ordinal);
            Assert.True(found >= 0);
            Assert.True(clean.AsSpan(at, found - at).IsWhiteSpace());
            var lines = section.Tags[SectionTags.Lines].Split('-').Select(int.Parse).ToArray();
            Assert.Equal(clean.AsSpan(0, found).Count('\n') + 1 + dropped, lines[0]);
            Assert.InRange(lines[1], lines[0], lines[0] + section.Text.Count(c => c == '\n'));
            at = found + section.Text.Length;
        }

        Assert.True(clean.AsSpan(at).IsWhiteSpace());
    }, iter: 2000);

    [Theory]
    [MemberData(nameof(EveryLanguage))]
    public void Hostile_source_takes_time_in_proportion_to_its_length(string ending)
    {
        foreach (var piece in Repeated)
        {
            var watch = Stopwatch.StartNew();
            CodeReading.Read(string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)) + "x", "a" + ending);
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{piece} {watch.Elapsed}");
        }
    }

    [Fact]
    public void Names_without_end_are_cut_short()
    {
        var sections = CodeReading.Read(string.Concat(Enumerable.Range(0, 100).Select(i => $"class {new string('x', 5000)}{i}:\n{new string(' ', i + 1)}")) + "pass", "a.py");
        Assert.All(sections, x => Assert.InRange(x.Path.Length, 0, 2000));
    }
}
