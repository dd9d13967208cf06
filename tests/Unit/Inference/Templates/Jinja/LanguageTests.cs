using System.Text.Json;
using Tessera.Inference.Templates.Jinja;

namespace Tessera.Unit.Inference.Templates.Jinja;

/// <summary>The language, piece by piece, against the output of Jinja itself.</summary>
public sealed class LanguageTests
{
    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var pair in JsonDocument.Parse(Fixtures.Read("language.json")).RootElement.EnumerateArray())
        {
            all.Add(pair[0].GetString()!, pair[1].GetString()!);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Text_is_the_one_that_jinja_writes(string template, string expected) =>
        Assert.Equal(expected, JinjaTemplate.Parse(template).Render([], 0, Fixtures.Time).Plain);
}
