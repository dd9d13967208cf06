using Tessera.Inference;

namespace Tessera.Unit.Inference.Templates;

/// <summary>Each family's template, with a system message, several turns, tools, calls and an open end, against the output of Jinja itself.</summary>
public sealed class KnownOutputsTests
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var template in Fixtures.Templates)
        {
            foreach (var name in Fixtures.CaseNames)
            {
                all.Add(template, name);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Prompt_is_the_one_that_jinja_writes(string template, string name)
    {
        var expected = Fixtures.Expected(template, name);
        if (expected == "REFUSED")
        {
            Assert.Equal(ModelFault.BadTemplate, Assert.Throws<ModelException>(() => Fixtures.Render(Fixtures.Template(template), name)).Fault);
            return;
        }

        Assert.Equal(expected, Fixtures.Joined(Fixtures.Render(Fixtures.Template(template), name)));
    }

    [Fact]
    public void Families_of_the_design_are_all_here() => Assert.Superset(
        new HashSet<string>(["llama-3.1", "llama-3.2", "phi-3", "phi-3.5", "phi-4", "gemma-2", "gemma-3", "mistral-v3", "mistral-nemo", "mixtral", "qwen2.5", "qwen3", "smollm2"]),
        Fixtures.Templates.ToHashSet());
}
