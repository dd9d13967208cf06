using System.Text;

namespace Tessera.Inference.Gguf;

/// <summary>A made-up vocabulary of a kind and size: every byte, words of syllables with and without a blank before them, and marks of control.</summary>
internal sealed class RandomVocabulary
{
    private const int Normal = 1;
    private const int Unknown = 2;
    private const int Control = 3;
    private const int Byte = 6;

    private static readonly string[] Begins = ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr", "pr", "sh", "th", ""];
    private static readonly string[] Ends = ["a", "e", "i", "o", "u", "an", "en", "er", "in", "on", "or", "al", "es", "ar", "el", "at"];

    private readonly List<(string Text, int Type)> tokens = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public RandomVocabulary(string kind, int size)
    {
        Kind = kind;
        switch (kind)
        {
            case "gpt2":
                AddByteLevel(size);
                break;
            case "llama":
                AddPieces(size);
                break;
            default:
                AddWordPieces(size);
                break;
        }
    }

    public string Kind { get; }

    public IReadOnlyList<(string Text, int Type)> Tokens => tokens;

    /// <summary>How byte-level tokens come about; empty for other kinds.</summary>
    public List<string> Merges { get; } = [];

    public int Begin => Kind == "bert" ? Id("[CLS]") : Id("<s>");

    public int End => Kind == "bert" ? Id("[SEP]") : Id("</s>");

    public int Separator => Id("[SEP]");

    private static IEnumerable<string> Words()
    {
        for (var length = 1; ; length++)
        {
            var count = (int)Math.Min(4_000_000, Math.Pow(Begins.Length * Ends.Length, length));
            for (var i = 0; i < count; i++)
            {
                var word = new StringBuilder();
                for (var (left, syllable) = (i, 0); syllable < length; syllable++)
                {
                    var place = left % (Begins.Length * Ends.Length);
                    left /= Begins.Length * Ends.Length;
                    word.Append(Begins[place % Begins.Length]).Append(Ends[place / Begins.Length]);
                }

                yield return word.ToString();
            }
        }
    }

    private int Id(string text) => tokens.FindIndex(token => token.Text == text);

    private void Add(string text, int type)
    {
        if (known.Add(text))
        {
            tokens.Add((text, type));
        }
    }

    // A token is the merge of the one that it begins with and its last letter, so that any of them can come about.
    private void AddByteLevel(int size)
    {
        foreach (var letter in ByteLetters())
        {
            Add(letter.ToString(), Normal);
        }

        string[] marks = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"];
        foreach (var word in Words().SelectMany(word => (string[])["Ġ" + word, word]))
        {
            for (var length = 2; length <= word.Length && tokens.Count < size - marks.Length; length++)
            {
                if (known.Contains(word[..length]))
                {
                    continue;
                }

                Merges.Add($"{word[..(length - 1)]} {word[length - 1]}");
                Add(word[..length], Normal);
            }

            if (tokens.Count >= size - marks.Length)
            {
                break;
            }
        }

        AddAll(marks, Control);
    }

    private void AddPieces(int size)
    {
        Add("<unk>", Unknown);
        AddAll(["<s>", "</s>", "<|im_start|>", "<|im_end|>"], Control);
        for (var value = 0; value < 256; value++)
        {
            Add($"<0x{value:X2}>", Byte);
        }

        for (var letter = ' ' + 1; letter < 127; letter++)
        {
            Add(((char)letter).ToString(), Normal);
        }

        Add("▁", Normal);
        foreach (var word in Words().SelectMany(word => (string[])["▁" + word, word]))
        {
            for (var length = 2; length <= word.Length && tokens.Count < size; length++)
            {
                Add(word[..length], Normal);
            }

            if (tokens.Count >= size)
            {
                return;
            }
        }
    }

    private void AddWordPieces(int size)
    {
        AddAll(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], Control);
        for (var letter = ' ' + 1; letter < 127; letter++)
        {
            Add(((char)letter).ToString(), Normal);
            Add("▁" + (char)letter, Normal);
        }

        foreach (var word in Words().SelectMany(word => (string[])["▁" + word, word]))
        {
            Add(word, Normal);
            if (tokens.Count >= size)
            {
                return;
            }
        }
    }

    private void AddAll(string[] texts, int type)
    {
        foreach (var text in texts)
        {
            Add(text, type);
        }
    }

    // GPT-2's letters for the bytes: those that can be seen stand for themselves, the others follow from U+0100 on.
    private static IEnumerable<char> ByteLetters()
    {
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            yield return value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++;
        }
    }
}
