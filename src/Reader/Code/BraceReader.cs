using System.Buffers;

namespace Tessera.Reader.Code;

/// <summary>Declarations of languages that pair brackets. One pass over the mask; what is never closed declares nothing.</summary>
internal sealed class BraceReader(CodeText code)
{
    /// <summary>Deeper blocks are the text of what holds them.</summary>
    private const int Deepest = 64;
    private const int LongestHead = 4000;

    private static readonly SearchValues<char> BeforeLineEnd = SearchValues.Create(",=(+-*/&|<.:?{[");
    private static readonly string[] Clauses = ["where ", "extends ", "implements ", "with ", "throws "];

    private readonly List<Frame> _frames = [new Frame('\0', 0, true, null, 0)];
    private readonly List<Declaration> _found = [];
    private readonly bool _onlyBraces = code.Language.Has(CodeTraits.Shell);
    private readonly bool _endsAtLines = code.Language.Has(CodeTraits.LineEnds);
    private readonly bool _hasLabels = code.Language.Has(CodeTraits.Directives);
    private int _braces;

    /// <summary>The last character that is no white space, and the first of its line.</summary>
    private char _last;
    private char _lineHead;

    /// <summary>In the order of their ends.</summary>
    public List<Declaration> Read(CancellationToken cancellationToken)
    {
        var mask = code.Mask;
        for (var i = 0; i < mask.Length; i++)
        {
            switch (mask[i])
            {
                case ';':
                case ',' when _frames[^1].HasList:
                    _frames[^1].Boundary = i + 1;
                    break;
                case '{':
                    cancellationToken.ThrowIfCancellationRequested();
                    Open(i);
                    break;
                case '}':
                    Close('{', i);
                    break;
                case '(' or '[' when !_onlyBraces:
                    _frames.Add(new Frame(mask[i], i + 1, _frames[^1].IsScope, null, i));
                    break;
                case ')' when !_onlyBraces:
                    Close('(', i);
                    break;
                case ']' when !_onlyBraces:
                    Close('[', i);
                    break;
                case '\n' when _endsAtLines && _frames[^1].IsScope:
                    EndLine(i);
                    break;
                case ':' when _hasLabels && IsLabel(i):
                    _frames[^1].Boundary = i + 1;
                    break;
            }

            Remember(mask[i]);
        }

        return _found;
    }

    private void Open(int i)
    {
        var frame = _frames[^1];
        _braces++;
        var start = Math.Min(CodeStart(frame.Boundary, i), i);
        var isRead = frame.IsScope && _frames.Count < Deepest && i - start <= LongestHead;
        var head = isRead ? BlockHead.Parse(code.Mask.AsSpan(start, i - start), code.Language) : null;
        var isScope = isRead && (head?.IsContainer ?? code.Mask.AsSpan(start, i - start).IndexOf('=') < 0 || code.Language.Has(CodeTraits.Regexes));
        var isList = head is null && code.Language.Has(CodeTraits.Regexes);
        _frames.Add(new Frame('{', i + 1, isScope, head, start) { HasList = isList });
    }

    private void Close(char open, int i)
    {
        if (_frames[^1].Open != open)
        {
            if (open != '{' || _braces == 0)
            {
                return;
            }

            // Brackets left open inside a block end with it.
            while (_frames[^1].Open != '{')
            {
                _frames.RemoveAt(_frames.Count - 1);
            }
        }

        var frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        if (open != '{')
        {
            return;
        }

        _braces--;
        if (frame.Head is { } head)
        {
            Add(frame, head, i + 1);
        }

        // Between a constructor's initialisers and its body nothing else begins.
        if (frame.Head is null || !(Next(i + 1) is '{' or ','))
        {
            _frames[^1].Boundary = i + 1;
        }
    }

    private void Add(Frame frame, BlockHead head, int end)
    {
        // "T() : a{1}, b{2} { … }": the head was read at its first bracket, the last block is the body.
        if (_found.Count > 0 && _found[^1] is var last && last.Start == frame.Start)
        {
            _found[^1] = last with { End = end };
            return;
        }

        _found.Add(new Declaration(frame.Start, end, head.Names, code.OnOneLine(frame.Start, frame.Inside - 1), head.IsContainer)
        {
            IsNamespace = head.IsNamespace,
        });
    }

    private int CodeStart(int from, int to)
    {
        while (from < to && char.IsWhiteSpace(code.Mask[from]))
        {
            from++;
        }

        return from;
    }

    private char Next(int i)
    {
        for (var k = i; k < code.Mask.Length && k < i + 200; k++)
        {
            if (!char.IsWhiteSpace(code.Mask[k]))
            {
                return code.Mask[k];
            }
        }

        return '\0';
    }

    /// <summary>A line's end ends the statement, unless what stands around it goes on.</summary>
    private void EndLine(int i)
    {
        var next = Next(i);
        var goesOn = _onlyBraces ? next == '{' : BeforeLineEnd.Contains(_last) || _lineHead == '@' || !(char.IsLetter(next) || next is '_' or '@' or '#' or '`') || IsClause(i);
        if (!goesOn)
        {
            _frames[^1].Boundary = i + 1;
        }
    }

    private bool IsClause(int i)
    {
        var start = CodeStart(i, Math.Min(code.Mask.Length, i + 200));
        foreach (var word in Clauses)
        {
            if (string.CompareOrdinal(code.Mask, start, word, 0, word.Length) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>public:</c> and its like.</summary>
    private bool IsLabel(int i)
    {
        var before = code.Mask.AsSpan(Math.Max(0, i - 20), Math.Min(20, i)).TrimEnd();
        return before.EndsWith("public", StringComparison.Ordinal) || before.EndsWith("private", StringComparison.Ordinal)
            || before.EndsWith("protected", StringComparison.Ordinal) || before.EndsWith("slots", StringComparison.Ordinal);
    }

    private void Remember(char c)
    {
        if (c == '\n')
        {
            _lineHead = '\0';
        }
        else if (!char.IsWhiteSpace(c))
        {
            _last = c;
            _lineHead = _lineHead == '\0' ? c : _lineHead;
        }
    }

    private sealed class Frame(char open, int inside, bool isScope, BlockHead? head, int start)
    {
        public char Open { get; } = open;

        /// <summary>Where the statement now being read begins.</summary>
        public int Boundary { get; set; } = inside;

        /// <summary>Where the block's inside begins.</summary>
        public int Inside { get; } = inside;

        /// <summary>Whether declarations are looked for directly inside.</summary>
        public bool IsScope { get; } = isScope;

        /// <summary>Whether commas separate what is inside.</summary>
        public bool HasList { get; init; } = open is '(' or '[';

        public BlockHead? Head { get; } = head;

        /// <summary>Where its statement begins.</summary>
        public int Start { get; } = start;
    }
}
