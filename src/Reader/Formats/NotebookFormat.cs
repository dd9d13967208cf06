using System.Text.Json;

namespace Tessera.Reader.Formats;

/// <summary>Jupyter notebooks: Markdown and code cells in order, with the printed results. Pictures and markup that cells gave are left out.</summary>
internal sealed class NotebookFormat : IFormat
{
    private const int LongestResult = 4_000;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var outline = new Outline(output);
        try
        {
            using var notebook = JsonDocument.Parse(EncodedText.Read(file).Text, new JsonDocumentOptions { MaxDepth = JsonValues.MaximumDepth });
            Write(notebook.RootElement, outline, cancellationToken);
        }
        catch (JsonException fault)
        {
            throw JsonFormat.Unreadable(fault);
        }

        outline.Flush();
    }

    private static void Write(JsonElement notebook, Outline outline, CancellationToken cancellationToken)
    {
        var language = Text(Child(Child(Child(notebook, "metadata"), "kernelspec"), "language"));
        var cells = Child(notebook, "cells") is { ValueKind: JsonValueKind.Array } all
            ? all
            : Child(Items(Child(notebook, "worksheets")) is [var sheet, ..] ? sheet : null, "cells");
        foreach (var cell in Items(cells))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = Text(Child(cell, "source") ?? Child(cell, "input"));
            switch (Text(Child(cell, "cell_type")))
            {
                case "markdown":
                    new MarkdownText(outline, cancellationToken).Read(source);
                    break;
                case "heading":
                    outline.Heading(1, source);
                    break;
                case "code":
                    outline.Code(source, language);
                    WriteResults(Child(cell, "outputs"), outline);
                    break;
                default:
                    outline.Paragraph(source);
                    break;
            }
        }
    }

    private static void WriteResults(JsonElement? results, Outline outline)
    {
        foreach (var result in Items(results))
        {
            var text = Text(Child(result, "text") ?? Child(Child(result, "data"), "text/plain"));
            if (text.Length is > 0 and <= LongestResult)
            {
                outline.Code(text);
            }
        }
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } present && present.TryGetProperty(name, out var child) ? child : null;

    private static List<JsonElement> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } present ? [.. present.EnumerateArray()] : [];

    /// <summary>A text, which notebooks also write as a list of lines.</summary>
    private static string Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Array } lines => string.Concat(lines.EnumerateArray().Where(x => x.ValueKind == JsonValueKind.String).Select(x => x.GetString())),
        _ => "",
    };
}
