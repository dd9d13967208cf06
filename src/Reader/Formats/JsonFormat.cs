using System.Text.Json;

namespace Tessera.Reader.Formats;

/// <summary>
/// JSON, also one value a line: each value on a line behind the path that leads to it. No type that a file names is ever made.
/// </summary>
internal sealed class JsonFormat : IFormat
{
    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var text = EncodedText.Read(file).Text;
        var outline = new Outline(output);
        var values = new JsonValues(outline, cancellationToken);
        if (file.Extension is ".jsonl" or ".ndjson")
        {
            foreach (var line in text.Split('\n').Where(x => !string.IsNullOrWhiteSpace(x)))
            {
                values.Read(line);
            }
        }
        else
        {
            values.Read(text);
        }

        outline.Flush();
    }

    /// <summary>What a JSON fault means to the person who uploaded the file.</summary>
    public static UnreadableException Unreadable(JsonException fault) => fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
        ? new("too-deep", $"The file nests more than {JsonValues.MaximumDepth} values in each other.")
        : new("corrupt", $"The file is not complete JSON: line {fault.LineNumber + 1} cannot be read. Correct it and upload it again.");
}
