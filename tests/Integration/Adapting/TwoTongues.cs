using System.Globalization;
using System.Text;

namespace Tessera.Integration.Adapting;

/// <summary>
/// Documents whose headings say in one made-up language what their texts say in another, always the same word for the same: what no model that ships
/// knows, and what is learned from the headings alone. Or whose texts have nothing to do with their headings: nothing can be learned.
/// </summary>
internal static class TwoTongues
{
    private const int Things = 60;
    private const int SectionsOfFile = 50;
    private static readonly string[] Onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u"];

    /// <summary>Names and bytes of files with so many sections.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(int sections, bool learnable = true) => Enumerable.Range(0, sections).Chunk(SectionsOfFile)
        .Select(numbers => ($"{numbers[0].ToString("000", CultureInfo.InvariantCulture)}.md", Encoding.UTF8.GetBytes(string.Join("\n\n", numbers.Select(number => Section(number, learnable))))));

    /// <summary>A heading's words, without its marks.</summary>
    public static string Heading(int section) => string.Join(' ', ThingsOf(section).Select(thing => Word(thing, 'q')));

    /// <summary>The words that its text says for them.</summary>
    public static IReadOnlyList<string> Said(int section) => [.. ThingsOf(section).Select(thing => Word(thing, 'w'))];

    private static string Section(int section, bool learnable)
    {
        var said = learnable ? Said(section) : [.. new Random(section).GetItems(Enumerable.Range(0, Things).ToArray(), 3).Select(thing => Word(thing, 'w'))];
        return $"## {Heading(section)}\n\n{string.Join(". ", said.Select((word, i) => $"Here {word} stands with {said[(i + 1) % said.Count]} in the year of {word}"))}.";
    }

    // Three of sixty, another three for each section.
    private static IEnumerable<int> ThingsOf(int section) => [section % Things, (section + 7 + (section / Things)) % Things, ((section * 5) + 23 + (section / Things * 11)) % Things];

    private static string Word(int thing, char tongue)
    {
        var at = thing + (tongue == 'q' ? 0 : 311);
        return $"{tongue}{Vowels[at % 5]}{Onsets[at / 5 % 12]}{Vowels[at / 60 % 5]}{Onsets[(at * 7) % 12]}{Vowels[(at + 3) % 5]}{Onsets[at % 12]}or";
    }
}
