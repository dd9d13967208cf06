namespace Tessera.Reader.Code;

/// <summary>Declarations of languages whose blocks are indented: Python, and Ruby with its closing word.</summary>
internal sealed class IndentReader(CodeText code)
{
    private const int TabWidth = 8;
    private readonly Stack<Open> _open = new();
    private readonly List<Declaration> _found = [];
    private int _brackets;
    private int _lastLine;
    private int? _decorator;

    /// <summary>In the order of their ends. Functions in functions are part of those.</summary>
    public List<Declaration> Read(CancellationToken cancellationToken)
    {
        for (var line = 0; line < code.LineCount; line++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (start, end) = (code.StartOf(line), code.EndOf(line));
            var mask = code.Mask.AsSpan(start, end - start);
            if (mask.IsWhiteSpace())
            {
                continue;
            }

            var head = code.BeginsInString(line) ? null : Head(mask);
            if (!code.BeginsInString(line) && (_brackets == 0 || head is not null))
            {
                _brackets = 0;
                Enter(line, start, mask, head);
            }

            _brackets = Math.Max(0, _brackets + mask.Count('(') + mask.Count('[') + mask.Count('{') - mask.Count(')') - mask.Count(']') - mask.Count('}'));
            _lastLine = line;
        }

        CloseDownTo(-1);
        return _found;
    }

    private void Enter(int line, int start, ReadOnlySpan<char> mask, (string Name, bool IsType)? head)
    {
        var indent = Indent(mask);
        if (code.Language.End is { } closing && IsWord(mask.Trim(), closing) && _open.TryPeek(out var top) && top.Indent >= indent)
        {
            CloseDownTo(indent + 1);
            if (_open.TryPeek(out top) && top.Indent == indent)
            {
                _lastLine = line;
                CloseDownTo(indent);
            }

            return;
        }

        CloseDownTo(indent);
        if (head is not { } declared)
        {
            _decorator = mask.TrimStart()[0] == '@' && code.Language.End is null ? _decorator ?? line : null;
            return;
        }

        var first = _decorator ?? line;
        _decorator = null;
        if (!_open.Any(x => !x.IsType) && _open.Count < CodeSections.Deepest)
        {
            _open.Push(new Open(indent, code.StartOf(first), start, declared.Name, declared.IsType));
        }
    }

    /// <summary>Ends the blocks that are indented as far or further.</summary>
    private void CloseDownTo(int indent)
    {
        while (_open.TryPeek(out var top) && top.Indent >= indent)
        {
            _open.Pop();
            _found.Add(new Declaration(top.Start, code.EndOf(_lastLine), Parts(top.Name), Signature(top.Head), top.IsType));
        }
    }

    private (string Name, bool IsType)? Head(ReadOnlySpan<char> mask)
    {
        const int MostWords = 4;
        var rest = mask.TrimStart();
        for (var i = 0; i < MostWords && !rest.IsEmpty; i++)
        {
            var length = 0;
            while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_'))
            {
                length++;
            }

            var word = rest[..length].ToString();
            var after = rest[length..].TrimStart();
            if (length == 0 || (length < rest.Length && !char.IsWhiteSpace(rest[length])))
            {
                return null;
            }

            var isType = Array.IndexOf(code.Language.Types, word) >= 0;
            if (isType || Array.IndexOf(code.Language.Functions, word) >= 0)
            {
                return (Name(after), isType);
            }

            rest = after;
        }

        return null;
    }

    /// <summary>A name, a path of names (<c>Api::Client</c>), an operator; <c>self</c> for Ruby's <c>class &lt;&lt; self</c>.</summary>
    private static string Name(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or '.' or '?' or '!'
            || (text[length] == ':' && length + 1 < text.Length && (text[length + 1] == ':' || (length > 0 && text[length - 1] == ':')))))
        {
            length++;
        }

        if (length == 0 && !text.StartsWith("<<", StringComparison.Ordinal))
        {
            length = Math.Max(0, text.IndexOf('('));
        }

        return length == 0 ? "self" : text[..length].ToString();
    }

    private string Signature(int head)
    {
        const int Longest = 1000;
        var depth = 0;
        var end = head;
        for (; end < code.Mask.Length && end - head < Longest; end++)
        {
            var c = code.Mask[end];
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            if (depth <= 0 && (c == '\n' || (c == ':' && code.Language.End is null)))
            {
                break;
            }
        }

        return code.OnOneLine(head, end);
    }

    private static string[] Parts(string name) =>
        [.. name.Split(["::", "."], StringSplitOptions.RemoveEmptyEntries).Where(x => x != "self").DefaultIfEmpty(name)];

    private static int Indent(ReadOnlySpan<char> line)
    {
        var indent = 0;
        foreach (var c in line)
        {
            if (c == '\t')
            {
                indent += TabWidth - (indent % TabWidth);
            }
            else if (char.IsWhiteSpace(c))
            {
                indent++;
            }
            else
            {
                break;
            }
        }

        return indent;
    }

    private static bool IsWord(ReadOnlySpan<char> line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && (line.Length == word.Length || !(char.IsLetterOrDigit(line[word.Length]) || line[word.Length] is '_' or ':'));

    private sealed record Open(int Indent, int Start, int Head, string Name, bool IsType);
}
