using Tessera.Reader.Code;
using Tessera.Sdk;
using Tessera.Unit.Reader.Formats;

namespace Tessera.Unit.Reader.Code;

/// <summary>Reads source text and shows what was declared where.</summary>
internal static class CodeReading
{
    public static IReadOnlyList<Section> Read(string text, string name) => FormatReading.OfText(new CodeFormat(), text, name).Sections;

    /// <summary>A line a section: <c>12-40 Namespace › Type › member</c>, with <c>*</c> where the section declares nothing.</summary>
    public static string Outline(string text, string name) => string.Join('\n', Read(text, name).Select(x =>
        $"{x.Tags[SectionTags.Lines]} {x.Path}{(x.Tags.ContainsKey(SectionTags.Symbol) ? "" : "*")}"));
}
