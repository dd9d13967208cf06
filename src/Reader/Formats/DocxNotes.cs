using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Texts that stand beside a Word document's body: footnotes and endnotes by id, headers and footers by line.</summary>
internal sealed class DocxNotes
{
    private readonly Dictionary<(string Kind, string Id), string> _notes = [];

    /// <summary>Paragraphs of the headers and footers that were read.</summary>
    public List<string> Margins { get; } = [];

    /// <summary>Text of a note, or null.</summary>
    /// <param name="kind"><c>footnote</c> or <c>endnote</c>.</param>
    /// <param name="id">Its id in the document.</param>
    public string? Find(string kind, string id) => _notes.GetValueOrDefault((kind, id));

    public void Read(XmlWalk walk)
    {
        var text = new StringBuilder();
        var kind = "";
        var id = "";
        var inText = false;
        while (walk.Next())
        {
            switch (walk.Name)
            {
                case "del" or "moveFrom" or "Fallback" or "pPr" when walk.IsStart:
                    walk.Skip();
                    break;
                case "footnote" or "endnote" when walk.IsStart:
                    (kind, id) = (walk.Name, walk["type"] is null or "normal" ? walk["id"] ?? "" : "");
                    text.Clear();
                    break;
                case "footnote" or "endnote":
                    if (id.Length > 0)
                    {
                        _notes.TryAdd((kind, id), TextRules.Line(text.ToString()));
                    }

                    kind = "";
                    text.Clear();
                    break;
                case "t":
                    inText = walk.IsStart;
                    break;
                case "p" when walk.IsEnd && kind.Length == 0:
                    Margins.Add(TextRules.Line(text.ToString()));
                    text.Clear();
                    break;
                case "p" or "tab" or "br":
                    text.Append(' ');
                    break;
                default:
                    text.Append(inText ? walk.Text : "");
                    break;
            }
        }
    }
}
