namespace Tessera.Reader.Code;

/// <summary>
/// Cuts a file at its declarations: every function, every type's head, and what lies between. Lines are never divided, so
/// code on one line stays in one block.
/// </summary>
internal sealed class CodeSections
{
    /// <summary>Containers in each other; what is deeper stays in one block with what holds it.</summary>
    public const int Deepest = 8;

    /// <summary>More declarations than a person wrote: the file stays whole.</summary>
    private const int MaximumDeclarations = 20_000;
    private const int LongestName = 200;

    private readonly CodeText _code;
    private readonly List<Declaration> _declarations;
    private readonly List<CodeBlock> _blocks = [];
    private int _next;

    private CodeSections(CodeText code, List<Declaration> declarations) => (_code, _declarations) = (code, declarations);

    /// <summary>The blocks, in order; together they hold every line that is not blank.</summary>
    /// <param name="code">The file.</param>
    /// <param name="declarations">In any order.</param>
    public static List<CodeBlock> Cut(CodeText code, List<Declaration> declarations)
    {
        var sorted = declarations.Count > MaximumDeclarations ? [] : declarations.OrderBy(x => x.Start).ThenByDescending(x => x.End).ToList();
        var sections = new CodeSections(code, sorted);
        sections.Write(0, code.LineCount - 1, -1, Package(code), null);
        return sections._blocks;
    }

    private void Write(int first, int last, int headLine, IReadOnlyList<string> trail, Declaration? owner)
    {
        var at = first;
        var end = owner?.End ?? _code.Text.Length;
        var head = owner is { IsNamespace: false } ? owner : null;
        while (_next < _declarations.Count && _declarations[_next].Start < end)
        {
            var declaration = _declarations[_next++];
            var (from, to) = (_code.LineOf(declaration.Start), _code.LineOf(Math.Max(declaration.Start, declaration.End - 1)));
            // What a parser makes up for text that is missing may begin on the blank line before.
            while (from < to && IsBlank(from))
            {
                from++;
            }

            if (from < at || from <= headLine || to > last)
            {
                Skip(declaration.End);
                continue;
            }

            var codeLine = from;
            while (from > at && from - 1 > headLine && _code.IsComment(from - 1))
            {
                from--;
            }

            if (Gap(at, from - 1, trail, head))
            {
                head = null;
            }

            string[] inner = [.. trail, .. declaration.Names.Take(Deepest).Select(x => x.Length > LongestName ? x[..LongestName] : x)];
            if (declaration.IsContainer && inner.Length <= Deepest)
            {
                Write(from, to, codeLine, inner, declaration);
            }
            else
            {
                Skip(declaration.End);
                _blocks.Add(new CodeBlock(from, to, inner, declaration));
            }

            at = to + 1;
        }

        Gap(at, last, trail, head);
    }

    private void Skip(int end)
    {
        while (_next < _declarations.Count && _declarations[_next].Start < end)
        {
            _next++;
        }
    }

    /// <summary>Text between declarations. False where there is none.</summary>
    private bool Gap(int first, int last, IReadOnlyList<string> trail, Declaration? head)
    {
        while (first <= last && IsBlank(first))
        {
            first++;
        }

        while (last >= first && IsBlank(last))
        {
            last--;
        }

        if (first > last)
        {
            return false;
        }

        if (head is null && _blocks.Count > 0 && IsOnlyClosing(first, last))
        {
            _blocks[^1] = _blocks[^1] with { TextLast = last };
            return false;
        }

        _blocks.Add(new CodeBlock(first, last, trail, head));
        return true;
    }

    private bool IsBlank(int line) => _code.Text.AsSpan(_code.StartOf(line), _code.EndOf(line) - _code.StartOf(line)).IsWhiteSpace();

    private bool IsOnlyClosing(int first, int last)
    {
        var text = _code.Text.AsSpan(_code.StartOf(first), _code.EndOf(last) - _code.StartOf(first));
        foreach (var line in text.EnumerateLines())
        {
            var rest = line.Trim();
            if (!(rest.TrimEnd("})];,").IsEmpty || (_code.Language.End is { } closing && rest.SequenceEqual(closing))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The package that a line near the file's beginning names.</summary>
    private static string[] Package(CodeText code)
    {
        const int Farthest = 300;
        for (var line = 0; code.Language.Package is { } word && line < Math.Min(code.LineCount, Farthest); line++)
        {
            var text = code.Mask.AsSpan(code.StartOf(line), code.EndOf(line) - code.StartOf(line)).Trim();
            if (text.StartsWith(word, StringComparison.Ordinal) && text.Length > word.Length && char.IsWhiteSpace(text[word.Length]))
            {
                var name = text[word.Length..].Trim();
                return name.Contains('{') || name.Length > LongestName ? [] : [name.TrimEnd("; ").ToString()];
            }
        }

        return [];
    }
}
