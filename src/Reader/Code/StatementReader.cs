namespace Tessera.Reader.Code;

/// <summary>What the statements of an SQL script create.</summary>
internal sealed class StatementReader(CodeText code)
{
    private static readonly string[] Kinds =
    [
        "TABLE", "VIEW", "FUNCTION", "PROCEDURE", "TRIGGER", "INDEX", "TYPE", "SEQUENCE", "SCHEMA", "DOMAIN", "POLICY", "DATABASE", "PACKAGE", "AGGREGATE",
    ];

    private static readonly string[] Blocks = ["FUNCTION", "PROCEDURE", "TRIGGER", "PACKAGE"];
    private static readonly string[] BeforeName = ["IF", "NOT", "EXISTS", "CONCURRENTLY", "BODY"];
    private static readonly string[] BehindHead = ["AS", "IS", "BEGIN", "LANGUAGE", "EXECUTE"];
    private readonly List<Declaration> _found = [];
    private Statement? _statement;
    private string _lastWord = "";

    public List<Declaration> Read(CancellationToken cancellationToken)
    {
        for (var line = 0; line < code.LineCount; line++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (start, end) = (code.StartOf(line), code.EndOf(line));
            var text = code.Mask.AsSpan(start, end - start).Trim();
            if (text.Equals("GO", StringComparison.OrdinalIgnoreCase) || text is "/" || text.StartsWith("DELIMITER", StringComparison.OrdinalIgnoreCase))
            {
                Finish(start);
                continue;
            }

            if (_statement is { Blocks: > 0 } && code.Mask.AsSpan(start, end - start).StartsWith("CREATE", StringComparison.OrdinalIgnoreCase))
            {
                Finish(start);
            }

            Words(start, end);
        }

        Finish(code.Mask.Length);
        return _found;
    }

    private void Words(int start, int end)
    {
        for (var i = start; i < end;)
        {
            var c = code.Mask[i];
            if (char.IsLetter(c) || c == '_')
            {
                var wordEnd = i + 1;
                while (wordEnd < end && (char.IsLetterOrDigit(code.Mask[wordEnd]) || code.Mask[wordEnd] is '_' or '$'))
                {
                    wordEnd++;
                }

                Word(i, wordEnd);
                i = wordEnd;
                continue;
            }

            if (c == ';')
            {
                Semicolon(i + 1);
            }
            else if (!char.IsWhiteSpace(c))
            {
                Sign(i, c);
            }

            i++;
        }
    }

    private void Word(int start, int end)
    {
        var word = end - start > 20 ? "" : code.Mask[start..end].ToUpperInvariant();
        if (_statement is null)
        {
            _statement = new Statement(start) { IsCreate = word == "CREATE" };
        }
        else if (_statement.IsCreate)
        {
            var statement = _statement;
            if (statement.Kind is null)
            {
                statement.Kind = Array.IndexOf(Kinds, word) >= 0 ? word : null;
            }
            else if (statement.Name is null && Array.IndexOf(BeforeName, word) < 0)
            {
                Name(start);
            }
            else if (Array.IndexOf(BehindHead, word) >= 0 && statement.Parentheses == 0)
            {
                statement.HeadEnd ??= start;
            }

            Count(word, statement);
        }

        _lastWord = word;
    }

    private void Count(string word, Statement statement)
    {
        if (Array.IndexOf(Blocks, statement.Kind) < 0)
        {
            return;
        }

        if (word == "BEGIN" || (word == "CASE" && _lastWord != "END"))
        {
            statement.Blocks++;
        }
        else if (_lastWord == "END" && word is "IF" or "LOOP" or "WHILE" or "REPEAT" or "FOR")
        {
            // "END IF" closed no block of ours.
            statement.Blocks++;
        }
        else if (word == "END")
        {
            statement.Blocks--;
        }
    }

    private void Sign(int i, char c)
    {
        _statement ??= new Statement(i);
        if (_statement.Kind is not null && _statement.Name is null && c is CodeMask.StringSign or '[')
        {
            Name(i);
        }

        _statement.Parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == '(' && _statement.Name is not null && Array.IndexOf(Blocks, _statement.Kind) < 0)
        {
            _statement.HeadEnd ??= i;
        }

        _lastWord = c == '.' ? _lastWord : "";
    }

    /// <summary>The name as written, with its quotation marks, which the mask does not show.</summary>
    private void Name(int start)
    {
        const int Longest = 200;
        var end = start;
        while (end < code.Text.Length && end - start < Longest && !char.IsWhiteSpace(code.Text[end]) && code.Text[end] is not ('(' or ';' or ','))
        {
            end++;
        }

        _statement!.Name = code.Text[start..end];
    }

    private void Semicolon(int end)
    {
        if (_statement is { Blocks: > 0 })
        {
            _lastWord = "";
            return;
        }

        Finish(end);
    }

    private void Finish(int end)
    {
        if (_statement is { Name: { } name } statement)
        {
            while (end > statement.Start && char.IsWhiteSpace(code.Mask[end - 1]))
            {
                end--;
            }

            string[] names = [.. name.Split('.').Select(x => x.Trim('"', '`', '[', ']', '\'')).Where(x => x.Length > 0).DefaultIfEmpty(name)];
            _found.Add(new Declaration(statement.Start, end, names, code.OnOneLine(statement.Start, Math.Min(statement.HeadEnd ?? end, end)).TrimEnd(';'), false));
        }

        _statement = null;
        _lastWord = "";
    }

    private sealed class Statement(int start)
    {
        public int Start { get; } = start;

        public bool IsCreate { get; init; }

        public string? Kind { get; set; }

        public string? Name { get; set; }

        public int? HeadEnd { get; set; }

        public int Parentheses { get; set; }

        public int Blocks { get; set; }
    }
}
