namespace Tessera.Inference.Static;

/// <summary>
/// Cuts a text into lower-case words of letters and digits, and each word into runs of four letters, <c>^</c> and <c>$</c> standing for
/// its ends. Changing what this finds makes every stored model worthless: then the version of the file format rises.
/// </summary>
/// <param name="splitsIdentifiers">
/// For code: a name is cut at case, underscore and digits, and is also one word as a whole, without underscores.
/// </param>
internal readonly struct FeatureScanner(bool splitsIdentifiers)
{
    private const ulong WordSeed = 0xcbf29ce484222325;
    private const ulong WordFactor = 0x100000001b3;
    private const ulong GramFactor = 0x9e3779b97f4a7c15;

    // The lower-case letter for every UTF-16 unit of a word, and zero for everything else.
    private static readonly char[] Letters = [.. Enumerable.Range(0, char.MaxValue + 1).Select(x => Letter((char)x))];

    /// <summary>Reports every word and every run of four letters, in one pass whose work is proportional to the text.</summary>
    public void Scan<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var letters = Letters;
        for (var i = 0; i < text.Length;)
        {
            if (!IsNameUnit(text[i], letters))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && IsNameUnit(text[i], letters))
            {
                i++;
            }

            if (splitsIdentifiers)
            {
                Name(text[start..i], letters, ref sink);
            }
            else
            {
                Word(text[start..i], letters, ref sink);
            }
        }
    }

    private bool IsNameUnit(char unit, char[] letters) => letters[unit] != 0 || (splitsIdentifiers && unit == '_');

    private static void Name<TSink>(ReadOnlySpan<char> name, char[] letters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var whole = WordSeed;
        var parts = 0;
        var start = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (i > start && EndsPart(name, i))
            {
                parts += Part(name[start..i], letters, ref sink);
                start = i;
            }

            if (name[i] == '_')
            {
                start = i + 1;
                continue;
            }

            whole = (whole ^ letters[name[i]]) * WordFactor;
        }

        parts += Part(name[start..], letters, ref sink);
        if (parts > 1)
        {
            sink.Word(Mixed(whole));
        }
    }

    private static int Part<TSink>(ReadOnlySpan<char> part, char[] letters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (part.IsEmpty)
        {
            return 0;
        }

        Word(part, letters, ref sink);
        return 1;
    }

    // Before an underscore, between letter and digit, at userName and at XMLReader's R.
    private static bool EndsPart(ReadOnlySpan<char> name, int i) =>
        name[i] == '_' || char.IsDigit(name[i]) != char.IsDigit(name[i - 1])
        || (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))));

    private static void Word<TSink>(ReadOnlySpan<char> word, char[] letters, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        var key = WordSeed;
        ulong window = '^';
        for (var i = 0; i < word.Length; i++)
        {
            var letter = letters[word[i]];
            key = (key ^ letter) * WordFactor;
            window = (window << 16) | letter;
            if (i >= 2)
            {
                sink.Gram(Hash(window));
            }
        }

        if (word.Length >= 2)
        {
            sink.Gram(Hash((window << 16) | '$'));
        }

        sink.Word(Mixed(key));
    }

    private static uint Hash(ulong fourLetters)
    {
        var mixed = fourLetters * GramFactor;
        return (uint)((mixed ^ (mixed >> 29)) * GramFactor >> 32);
    }

    // The product leaves the high bits best mixed; a table takes the low ones.
    private static ulong Mixed(ulong key) => key ^ (key >> 32);

    private static char Letter(char unit) => char.IsLetterOrDigit(unit) ? char.ToLowerInvariant(unit) : '\0';
}
