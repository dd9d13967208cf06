using System.Text;
using CsCheck;
using Tessera.Inference;
using Tessera.Inference.Templates.Jinja;

namespace Tessera.Unit.Inference.Templates.Jinja;

/// <summary>A template comes from anywhere: none may hang the process, fill its memory or end its stack.</summary>
public sealed class BoundsTests
{
    public static TheoryData<string> Hostile() => new(
        string.Concat("{{ ", new string('(', 10_000)),
        "{{ " + new string('[', 10_000) + new string(']', 10_000) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("not ", 10_000)) + "x }}",
        "{{ " + new string('-', 10_000) + "1 }}",
        "{{ " + string.Join(" + ", Enumerable.Repeat("1", 10_000)) + " }}",
        "{{ x" + string.Concat(Enumerable.Repeat(".x", 10_000)) + " }}",
        "{{ 1" + string.Concat(Enumerable.Repeat(" | abs", 10_000)) + " }}",
        "{{ 1" + string.Concat(Enumerable.Repeat(" if 1 else 1", 10_000)) + " }}",
        string.Concat(Enumerable.Repeat("{% if x %}", 10_000)),
        string.Concat(Enumerable.Repeat("{% for i in x %}", 5_000)) + string.Concat(Enumerable.Repeat("{% endfor %}", 5_000)),
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f() %}{{ caller() }}{% call f() %}{% endcall %}{% endmacro %}{% call f() %}{% endcall %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for i in range(10000000000) %}{% endfor %}",
        "{{ 'x' * 10000000000 }}",
        "{{ '' * 9223372036854775807 }}{{ [1] * 10000000000 }}",
        "{% set ns = namespace(s='x') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l | tojson }}",
        "{% set ns = namespace(l=[1], m=[1]) %}{% for i in range(100) %}{% set ns.l = [ns.l, ns.l] %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(3000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
        "{% set l = [1] %}{% set _ = l.append(l) %}{{ l | tojson }}",
        "{% set l = [1] %}{% set m = [1] %}{% set _ = l.append(l) %}{% set _ = m.append(m) %}{{ l == m }}",
        "{% set d = {} %}{% set _ = d.update({'d': d}) %}{{ d }}",
        "{% set x = 'ab' * 100000 %}{% for i in range(100000) %}{{ x.replace('a', 'b') | length }}{% endfor %}",
        "{% for i in range(100000) %}{{ 'x' * 1000 }}{% endfor %}",
        "{% set x = 'a' * 2000000 %}{% set y = 'a' * 1000000 ~ 'b' ~ 'a' * 500000 %}{% for i in range(1000) %}{{ x.find(y) }}{{ y in x }}{% endfor %}",
        "{% set x = 'a' * 2000000 %}{% set d = {x ~ '': 1} %}{% for i in range(100000) %}{{ d[x ] }}{{ d.get(x) }}{{ x in d }}{% endfor %}",
        "{% set x = 'a' * 2000000 %}{% set y = 'a' * 2000000 %}{% for i in range(100000) %}{{ x.startswith(y) }}{{ x.strip(y) }}{% endfor %}",
        "{% set x = 'a' * 2000000 %}{% for i in range(100000) %}{{ x is upper }}{{ x is filter }}{{ x | int }}{{ x | float }}{{ x[x] }}{% endfor %}",
        "{{ 'a' | indent(10000000000, true) }}",
        "{{ [[1]] | tojson(indent=2000000000) }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ -9223372036854775807 - 2 }}",
        "{{ 10 ** 100 }}",
        "{{ 99999999999999999999 }}",
        "{{ 1 // 0 }}",
        "{% set t = (1,) %}{{ {((t, t), t): 1} }}",
        new string(' ', 300_000));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_template_is_refused(string template)
    {
        var fault = Assert.Throws<ModelException>(() => JinjaTemplate.Parse(template).Render([], 0, Fixtures.Time));
        Assert.Equal(ModelFault.BadTemplate, fault.Fault);
        Assert.StartsWith("The chat template of the model", fault.Message);
        Assert.InRange(fault.Message.Length, 20, 300);
    }

    [Theory]
    [InlineData("a\n{% frobnicate %}", "line 2: the tag 'frobnicate' is not understood.")]
    [InlineData("{% include 'x' %}", "line 1: the tag 'include' is not understood.")]
    [InlineData("a\n\n{{ 'x' | frobnicate }}", "line 3: the filter 'frobnicate' is not understood.")]
    [InlineData("{#\n#}{{ 'x' is frobnicate }}", "line 2: the test 'frobnicate' is not understood.")]
    [InlineData("{{ frobnicate() }}", "line 1: 'frobnicate' is not defined.")]
    [InlineData("{{ frobnicate.x }}", "line 1: 'frobnicate' is not defined.")]
    [InlineData("{{ 'x'.frobnicate() }}", "line 1: 'frobnicate' is not defined.")]
    [InlineData("{% if x %}", "line 1: 'if' is not closed by 'endif'.")]
    [InlineData("{% endif %}", "line 1: the tag 'endif' is not understood.")]
    [InlineData("{{ 1 + }}", "line 1: '}}' is not understood here.")]
    [InlineData("{{ 1", "line 1: a tag is not closed by '}}'.")]
    [InlineData("{{ 'x }}", "line 1: a string is not closed.")]
    [InlineData("{# x", "line 1: a comment is not closed.")]
    [InlineData("{% raw %}", "line 1: 'raw' is not closed by 'endraw'.")]
    [InlineData("{{ a ? b }}", "line 1: the character '?' means nothing here.")]
    [InlineData("{% break %}", "line 1: 'break' stands outside of a loop.")]
    [InlineData("{% for x in y recursive %}{% endfor %}", "line 1: a recursive 'for' is not understood.")]
    [InlineData("{{ 'a' + 1 }}", "line 1: '+' stands between values of the kinds string and integer.")]
    [InlineData("{{ 'a' | tojson(colour=1) }}", "line 1: 'tojson' has no argument 'colour'.")]
    [InlineData("{{ 'a' | upper(1) }}", "line 1: 'upper' takes at most 0 arguments.")]
    public void What_is_not_understood_is_named_with_its_line(string template, string expected)
    {
        var fault = Assert.Throws<ModelException>(() => JinjaTemplate.Parse(template).Render([], 0, Fixtures.Time));
        Assert.Equal("The chat template of the model cannot be used: " + expected, fault.Message);
    }

    [Fact]
    public void Template_of_a_hostile_file_is_refused()
    {
        var bytes = File.ReadAllBytes(SharedData.Require("badinput/gguf/own/chat-template-nest.gguf"));
        var text = Encoding.Latin1.GetString(bytes);
        var template = text[text.IndexOf("{{", StringComparison.Ordinal)..];
        Assert.Contains("levels deep", Assert.Throws<ModelException>(() => JinjaTemplate.Parse(template)).Message);
    }

    [Theory]
    [InlineData("{% if true %}", "{{ ((((((((((1)))))))))) }}", "{% endif %}")]
    [InlineData("{{ [", "1", "] }}")]
    [InlineData("{{ -", "1", " }}")]
    [InlineData("{% macro f(n) %}{{ f(n) }}{% endmacro %}{% if true %}", "{{ f(1) }}", "{% endif %}")]
    public async Task Any_depth_ends_in_a_refusal_on_a_small_stack_too(string open, string inner, string close)
    {
        var ended = new TaskCompletionSource<int>();
        new Thread(() => ended.SetResult(Enumerable.Range(1, 200).Count(levels => IsRead(Nested(levels)))), 512 * 1024).Start();
        Assert.InRange(await ended.Task, open.Contains("macro", StringComparison.Ordinal) ? 0 : 20, 199);

        string Nested(int levels) => open.StartsWith("{{", StringComparison.Ordinal)
            ? "{{ " + string.Concat(Enumerable.Repeat(open[3..], levels)) + inner + string.Concat(Enumerable.Repeat(close[..^3], levels)) + " }}"
            : string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));
    }

    private static bool IsRead(string source)
    {
        try
        {
            JinjaTemplate.Parse(source).Render([], 0, Fixtures.Time);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    [Fact]
    public void Any_source_is_read_or_refused() => Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 40].Select(string.Concat).Sample(
        source =>
        {
            try
            {
                JinjaTemplate.Parse(source).Render([], 0, Fixtures.Time);
            }
            catch (ModelException fault)
            {
                Assert.Equal(ModelFault.BadTemplate, fault.Fault);
            }
        },
        iter: 20_000);

    private static readonly string[] Pieces =
    [
        "{{ ", " }}", "{% ", " %}", "{%- ", " -%}", "{# ", " #}", "if ", "else", "endif", "for ", "x", " in ", "[1, 2]", "endfor", "set ", " = ", "'a'", " + ", " | ",
        "length", "(", ")", "[", "]", "{", "}", ":", ",", ".", "-1", "2", "not ", "is ", "string", "macro f(a)", "endmacro", "f(", "\n", "text", "raw", "endraw", "loop.index",
        "{{ x[", "{{ 'abc'[", "items", "~", "namespace(a=1)", "|tojson", "|join", "|map(", "|sort", "upper", "none", "*", "//", "%",
    ];
}
