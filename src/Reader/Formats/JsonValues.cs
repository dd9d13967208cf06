using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tessera.Reader.Formats;

/// <summary>Reads JSON into an outline as lines <c>path.to[2].key: value</c>; the elements of the outermost list are paragraphs.</summary>
internal sealed class JsonValues(Outline outline, CancellationToken cancellationToken)
{
    public const int MaximumDepth = 256;

    private const int LongestParagraph = 4_000;

    private readonly StringBuilder _lines = new();

    /// <summary>Reads one value.</summary>
    /// <exception cref="UnreadableException">too-deep or corrupt.</exception>
    public void Read(string json)
    {
        // Lone surrogates become U+FFFD here; as escapes they are met in Text.
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = MaximumDepth,
        });
        try
        {
            Walk(ref reader);
        }
        catch (JsonException fault)
        {
            throw JsonFormat.Unreadable(fault);
        }

        EndParagraph();
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        var steps = new List<Step>();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    steps[^1].Key = Text(ref reader);
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    steps.Add(new Step { IsList = reader.TokenType == JsonTokenType.StartArray });
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    steps.RemoveAt(steps.Count - 1);
                    break;
                default:
                    Write(steps, Text(ref reader));
                    break;
            }

            Advance(steps);
        }
    }

    /// <summary>A value has ended: the list around it goes on to the next.</summary>
    private void Advance(List<Step> steps)
    {
        if (steps is [.., { IsList: true } list])
        {
            list.Index++;
        }

        if (steps.Count <= 1 && (steps is [{ IsList: true }] || _lines.Length > LongestParagraph))
        {
            EndParagraph();
        }
    }

    private void Write(List<Step> steps, string value)
    {
        // The index in the outermost list is left out: its elements stand in paragraphs of their own.
        for (var i = 0; i < steps.Count; i++)
        {
            if (!steps[i].IsList)
            {
                _lines.Append(i > 0 && _lines is [.., not '\n'] ? "." : "").Append(TextRules.Line(steps[i].Key));
            }
            else if (i > 0)
            {
                _lines.Append(CultureInfo.InvariantCulture, $"[{steps[i].Index}]");
            }
        }

        _lines.Append(_lines is [.., not '\n'] ? ": " : "").Append(value).Append('\n');
        if (_lines.Length > LongestParagraph * 4)
        {
            EndParagraph();
        }
    }

    private void EndParagraph()
    {
        outline.Paragraph(_lines.ToString());
        _lines.Clear();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: the text is shown as it is written.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private sealed class Step
    {
        public bool IsList { get; init; }

        public string Key { get; set; } = "";

        public int Index { get; set; }
    }
}
