namespace Tessera.Reader.Formats;

/// <summary>Tables as text: separated by commas, semicolons, tabs or bars, one line a row. Damaged quoting and ragged rows are read as they are.</summary>
internal sealed class CsvFormat : IFormat
{
    private const string Declaration = "sep=";
    private const int SampledLines = 20;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var text = EncodedText.Read(file).Text;
        var delimiter = file.Extension == ".tsv" ? '\t' : Delimiter(ref text);
        var blocks = new RowBlocks(output, [], page: null);
        foreach (var row in CsvRows.Read(text, delimiter))
        {
            cancellationToken.ThrowIfCancellationRequested();
            blocks.Add(row);
        }

        blocks.Finish();
    }

    /// <summary>What separates cells: declared in a first line, else the separator that most of the first lines have most often.</summary>
    private static char Delimiter(ref string text)
    {
        if (text.Length > Declaration.Length + 1 && text.StartsWith(Declaration, StringComparison.OrdinalIgnoreCase)
            && text[Declaration.Length + 1] is '\r' or '\n')
        {
            var declared = text[Declaration.Length];
            text = text[(Declaration.Length + 1)..].TrimStart('\r', '\n');
            return declared;
        }

        char[] candidates = [',', ';', '\t', '|'];
        var counts = new int[candidates.Length];
        var (line, quoted) = (0, false);
        for (var i = 0; i < text.Length && line < SampledLines; i++)
        {
            quoted ^= text[i] == '"';
            line += text[i] == '\n' ? 1 : 0;
            var candidate = quoted ? -1 : Array.IndexOf(candidates, text[i]);
            if (candidate >= 0)
            {
                counts[candidate]++;
            }
        }

        return candidates[Array.IndexOf(counts, counts.Max())];
    }
}
