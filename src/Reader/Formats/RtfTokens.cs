using System.Text;

namespace Tessera.Reader.Formats;

/// <summary>What stands at a place of an RTF file.</summary>
internal enum RtfTokenKind
{
    End,
    GroupStart,
    GroupEnd,

    /// <summary>A control word or symbol with its number, where it has one.</summary>
    Control,

    /// <summary>A byte in the code page that is in force.</summary>
    Byte,
}

/// <summary>Cuts an RTF file into tokens. Binary data is passed over; a length that lies ends with the file.</summary>
internal sealed class RtfTokens(byte[] bytes)
{
    private const int LongestWord = 32;

    private int _at;

    public RtfTokenKind Kind { get; private set; }

    /// <summary>Name of the control, without the backslash.</summary>
    public string Word { get; private set; } = "";

    public int? Number { get; private set; }

    public byte Value { get; private set; }

    /// <summary>Goes on; false at the end.</summary>
    public bool Next()
    {
        while (_at < bytes.Length && bytes[_at] is (byte)'\r' or (byte)'\n' or 0)
        {
            _at++;
        }

        if (_at >= bytes.Length)
        {
            Kind = RtfTokenKind.End;
            return false;
        }

        var b = bytes[_at++];
        (Kind, Value) = b switch
        {
            (byte)'{' => (RtfTokenKind.GroupStart, b),
            (byte)'}' => (RtfTokenKind.GroupEnd, b),
            (byte)'\\' => ReadControl(),
            _ => (RtfTokenKind.Byte, b),
        };
        return true;
    }

    private (RtfTokenKind Kind, byte Value) ReadControl()
    {
        (Word, Number) = ("", null);
        var start = _at;
        while (_at < bytes.Length && char.IsAsciiLetter((char)bytes[_at]) && _at - start < LongestWord)
        {
            _at++;
        }

        if (_at == start)
        {
            return ReadSymbol();
        }

        Word = Encoding.ASCII.GetString(bytes, start, _at - start);
        ReadNumber();
        if (_at < bytes.Length && bytes[_at] == ' ')
        {
            _at++;
        }

        if (Word == "bin")
        {
            _at = (int)Math.Min(bytes.Length, _at + (long)Math.Max(0, Number ?? 0));
        }

        return (RtfTokenKind.Control, 0);
    }

    private (RtfTokenKind Kind, byte Value) ReadSymbol()
    {
        var symbol = _at < bytes.Length ? (char)bytes[_at++] : ' ';
        if (symbol == '\'')
        {
            var value = (Digit() * 16) + Digit();
            return (RtfTokenKind.Byte, (byte)value);
        }

        if (symbol is '\\' or '{' or '}')
        {
            return (RtfTokenKind.Byte, (byte)symbol);
        }

        Word = symbol switch { '\r' or '\n' => "par", '~' => "nbsp", '_' => "nbhyphen", _ => symbol.ToString() };
        return (RtfTokenKind.Control, 0);
    }

    private int Digit() => _at < bytes.Length && char.IsAsciiHexDigit((char)bytes[_at]) ? Convert.ToInt32(((char)bytes[_at++]).ToString(), 16) : 0;

    private void ReadNumber()
    {
        var negative = _at < bytes.Length && bytes[_at] == '-';
        var start = _at + (negative ? 1 : 0);
        var end = start;
        var number = 0L;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end]) && end - start < 10)
        {
            number = (number * 10) + bytes[end++] - '0';
        }

        if (end > start)
        {
            _at = end;
            Number = (int)Math.Clamp(negative ? -number : number, int.MinValue, int.MaxValue);
        }
    }
}
