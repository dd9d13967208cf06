using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tessera.Inference.Static.Model2Vec;

/// <summary>
/// Cuts texts as BERT does: words at blanks and marks, lower-case and without accents where the model says so, then the longest known pieces
/// from the left. Read from a <c>tokenizer.json</c> of that kind.
/// </summary>
internal sealed class WordPieces
{
    private readonly Dictionary<string, int> pieces;
    private readonly string continued;
    private readonly int longestWord;
    private readonly bool lowers;
    private readonly bool stripsAccents;

    private WordPieces(Dictionary<string, int> pieces, string continued, int longestWord, bool lowers, bool stripsAccents)
    {
        this.pieces = pieces;
        this.continued = continued;
        this.longestWord = longestWord;
        this.lowers = lowers;
        this.stripsAccents = stripsAccents;
    }

    /// <summary>Reads the vocabulary.</summary>
    /// <param name="json">The file.</param>
    /// <param name="rows">Rows of the table: every piece must have one.</param>
    /// <exception cref="ModelException"><see cref="ModelFault.BadFile"/>: damaged, or of another kind.</exception>
    public static WordPieces Read(Stream json, int rows)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var model = document.RootElement.GetProperty("model");
            if (Text(model, "type") is var type && type != "WordPiece")
            {
                throw Bad($"is of type {type ?? "unknown"}; WordPiece is read");
            }

            var pieces = new Dictionary<string, int>();
            foreach (var piece in model.GetProperty("vocab").EnumerateObject())
            {
                if (piece.Value.GetInt32() is var row && (row < 0 || row >= rows))
                {
                    throw Bad($"has a piece in row {row}, and the table has {rows}");
                }

                pieces[piece.Name] = row;
            }

            // What is not known has no meaning: its row would say the same of everything strange.
            pieces.Remove(Text(model, "unk_token") ?? "[UNK]");
            var normalizer = document.RootElement.TryGetProperty("normalizer", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
            var lowers = Flag(normalizer, "lowercase") ?? true;
            return new WordPieces(
                pieces,
                Text(model, "continuing_subword_prefix") ?? "##",
                model.TryGetProperty("max_input_chars_per_word", out var longest) ? Math.Clamp(longest.GetInt32(), 1, 1_000) : 100,
                lowers,
                Flag(normalizer, "strip_accents") ?? lowers);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad("cannot be read", fault);
        }
    }

    /// <summary>Rows of a text's pieces, in order; nothing for words that cannot be cut into known pieces.</summary>
    public List<int> Cut(string text)
    {
        var rows = new List<int>();
        var word = new StringBuilder();
        foreach (var rune in Clean(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                Word(word, rows);
            }
            else if (IsMark(rune) || IsIdeograph(rune))
            {
                Word(word, rows);
                Word(word.Append(rune.ToString()), rows);
            }
            else
            {
                word.Append(rune.ToString());
            }
        }

        Word(word, rows);
        return rows;
    }

    private string Clean(string text)
    {
        // Half a surrogate pair would not survive normalisation.
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                clean.Append(rune.ToString());
            }
        }

        var result = clean.ToString();
        if (stripsAccents)
        {
            result = string.Concat(result.Normalize(NormalizationForm.FormD).EnumerateRunes()
                .Where(x => Rune.GetUnicodeCategory(x) != UnicodeCategory.NonSpacingMark).Select(x => x.ToString()));
        }

        return lowers ? result.ToLowerInvariant() : result;
    }

    private void Word(StringBuilder letters, List<int> rows)
    {
        var word = letters.ToString();
        letters.Clear();
        if (word.Length > longestWord)
        {
            return;
        }

        var before = rows.Count;
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            int row;
            while (!pieces.TryGetValue(start == 0 ? word[..end] : continued + word[start..end], out row))
            {
                if (--end == start)
                {
                    rows.RemoveRange(before, rows.Count - before);
                    return;
                }
            }

            rows.Add(row);
            start = end;
        }
    }

    // As BERT has it: every sign of ASCII, also those that Unicode calls symbols.
    private static bool IsMark(Rune rune) => rune.IsAscii ? !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? of.GetProperty(name).GetBoolean()
            : null;

    private static ModelException Bad(string what, Exception? inner = null) => new(ModelFault.BadFile, $"tokenizer.json {what}.", inner);
}
