using System.Collections.Frozen;
using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>Reads RTF into an outline.</summary>
internal sealed class RtfText(Outline outline, CancellationToken cancellationToken)
{
    private const int MaximumDepth = 1_000;

    private static readonly FrozenSet<string> SkippedGroups = (
        "fonttbl colortbl stylesheet info pict object objdata fldinst themedata colorschememapping datastore latentstyles rsidtbl " +
        "listtable listoverridetable pntxta pntxtb pnseclvl xmlnstbl generator nonshppict header headerl headerr headerf footer " +
        "footerl footerr footerf annotation atnid atnauthor revtbl filetbl bkmkstart bkmkend tc xe sp shprslt template mmathPr")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> ReadOptionalGroups = "shpinst shptxt footnote fldrslt listtext".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private readonly Stack<Group> _groups = new();
    private readonly RtfCharsets _charsets = new();
    private readonly RtfStyles _styles = new();
    private readonly List<byte> _bytes = [];
    private readonly List<List<string>> _rows = [];
    private List<string> _row = [];
    private StringBuilder _text = new();
    private StringBuilder _cell = new();
    private Group _now = new();
    private int? _heading;
    private bool _inTable;
    private bool _optional;
    private int _skipCharacters;
    private int _notes;

    public void Read(byte[] rtf)
    {
        var tokens = new RtfTokens(rtf);
        while (tokens.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tokens.Kind == RtfTokenKind.Byte)
            {
                TakeByte(tokens.Value);
                continue;
            }

            FlushBytes();
            if (tokens.Kind == RtfTokenKind.Control)
            {
                TakeControl(tokens.Word, tokens.Number);
                continue;
            }

            _skipCharacters = 0;
            if (tokens.Kind == RtfTokenKind.GroupStart)
            {
                StartGroup();
            }
            else
            {
                EndGroup();
            }
        }

        FlushBytes();
        EndParagraph();
        EndTable();
    }

    private void StartGroup()
    {
        if (_groups.Count >= MaximumDepth)
        {
            throw new UnreadableException("too-deep", $"The document nests more than {MaximumDepth} groups in each other.");
        }

        _groups.Push(_now);
        _now = _now with { Around = null, Destination = "" };
        _optional = false;
    }

    private void EndGroup()
    {
        if (_now.Destination == "style")
        {
            _styles.End();
        }

        if (_now.Around is { } around)
        {
            outline.Note($"[{_notes}] {TextRules.Line(_text.ToString())}");
            _text = around;
        }

        _now = _groups.TryPop(out var outer) ? outer : new Group();
    }

    private void TakeByte(byte value)
    {
        if (_skipCharacters > 0)
        {
            _skipCharacters--;
        }
        else if (_now.IsStyles)
        {
            _styles.Append((char)value);
        }
        else if (!_now.IsSkipped && !_now.IsHidden)
        {
            _bytes.Add(value);
        }
    }

    private void FlushBytes()
    {
        if (_bytes.Count > 0)
        {
            _text.Append(_charsets.Of(_now.Font).GetString(_bytes.ToArray()));
            _bytes.Clear();
        }
    }

    private void TakeControl(string word, int? number)
    {
        if (word == "*")
        {
            _optional = true;
            return;
        }

        if (SkippedGroups.Contains(word) || (_optional && !ReadOptionalGroups.Contains(word)))
        {
            _now = _now with { IsSkipped = true, IsStyles = word == "stylesheet", IsFonts = word == "fonttbl" };
        }

        _optional = false;
        if (_now.IsFonts || _now.IsStyles)
        {
            TakeTableControl(word, number ?? 0);
        }
        else if (word == "u" && !_now.IsSkipped)
        {
            Append(((char)(ushort)(number ?? ' ')).ToString());
            _skipCharacters = _now.UnicodeSkip;
        }
        else if (!_now.IsSkipped && !TakeFormat(word, number))
        {
            TakeText(word);
        }
    }

    private void TakeTableControl(string word, int number)
    {
        switch (word)
        {
            case "f":
                _charsets.StartFont(number);
                break;
            case "fcharset":
                _charsets.SetCharset(number);
                break;
            case "s" when _now.IsStyles:
                _now = _now with { Destination = "style" };
                _styles.Start(number);
                break;
            case "outlinelevel":
                _styles.SetLevel(number);
                break;
            default:
                break;
        }
    }

    /// <summary>Controls that change what follows; false for all others.</summary>
    private bool TakeFormat(string word, int? number)
    {
        switch (word)
        {
            case "ansicpg":
                _charsets.SetDefault(number ?? 1252);
                return true;
            case "uc":
                _now = _now with { UnicodeSkip = Math.Clamp(number ?? 1, 0, 8) };
                return true;
            case "f":
                _now = _now with { Font = number ?? 0 };
                return true;
            case "v" or "deleted":
                _now = _now with { IsHidden = number != 0 };
                return true;
            case "plain":
                _now = _now with { IsHidden = false };
                return true;
            case "pard":
                (_heading, _inTable) = (null, false);
                return true;
            case "s":
                _heading = _styles.LevelOf(number ?? 0);
                return true;
            case "outlinelevel":
                _heading = number is >= 0 and <= 8 ? number + 1 : null;
                return true;
            case "intbl":
                _inTable = true;
                return true;
            default:
                return false;
        }
    }

    private void TakeText(string word)
    {
        switch (word)
        {
            case "par" or "sect" or "page":
                EndParagraph();
                break;
            case "cell" or "nestcell":
                _row.Add(TextRules.Line(_cell.Append(' ').Append(_text).ToString()));
                _cell = new StringBuilder();
                _text.Clear();
                break;
            case "row" or "nestrow":
                _rows.Add(_row);
                _row = [];
                break;
            case "footnote" when _now.Around is null:
                Append($"[{++_notes}]");
                _now = _now with { Around = _text };
                _text = new StringBuilder();
                break;
            default:
                Append(RtfSymbols.Text(word));
                break;
        }
    }

    private void Append(string text)
    {
        if (!_now.IsHidden && !_now.IsSkipped)
        {
            _text.Append(text);
        }
    }

    private void EndParagraph()
    {
        var text = _text.ToString();
        _text.Clear();
        if (_groups.Any(x => x.Around is not null) || _now.Around is not null)
        {
            _text.Append(text).Append(' ');
        }
        else if (_inTable)
        {
            _cell.Append(' ').Append(text);
        }
        else
        {
            EndTable();
            if (_heading is { } level)
            {
                outline.Heading(level, text);
            }
            else
            {
                outline.Paragraph(text);
            }
        }
    }

    private void EndTable()
    {
        if (_cell.Length > 0 || _row.Count > 0)
        {
            _row.Add(_cell.ToString());
            _rows.Add(_row);
        }

        outline.Table(_rows);
        _rows.Clear();
        (_row, _cell) = ([], new StringBuilder());
    }

    /// <param name="Around">Text around the note that the group holds.</param>
    private sealed record Group(
        StringBuilder? Around = null, string Destination = "", int Font = 0, int UnicodeSkip = 1,
        bool IsSkipped = false, bool IsHidden = false, bool IsStyles = false, bool IsFonts = false);
}
