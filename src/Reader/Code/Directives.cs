namespace Tessera.Reader.Code;

/// <summary>
/// Lines of a preprocessor, and of two branches the one that would unbalance the brackets:
/// <c>#if A … f() { #else … g() { #endif }</c> opens one block, not two.
/// </summary>
internal static class Directives
{
    /// <summary>Branches in each other of which the brackets are compared.</summary>
    private const int Deepest = 32;

    /// <summary>Overwrites them in the mask: spaces behind a semicolon, so that a declaration does not reach over them.</summary>
    public static void Blank(string text, char[] mask)
    {
        var branches = new Stack<Branch>();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start);
            var line = mask.AsSpan(start, end - start);
            var indent = line.Length - line.TrimStart().Length;
            if (indent == line.Length || line[indent] != '#')
            {
                start = end + 1;
                continue;
            }

            while (end < text.Length && end > start && text[end - 1] == '\\')
            {
                end = EndOf(text, end + 1);
            }

            var word = text.AsSpan(start + indent + 1, end - start - indent - 1).TrimStart();
            Enter(word, end, branches);
            Leave(word, start, mask, branches);
            for (var i = start; i < end; i++)
            {
                mask[i] = text[i] == '\n' ? '\n' : ' ';
            }

            mask[start + indent] = ';';
            start = end + 1;
        }
    }

    private static void Enter(ReadOnlySpan<char> word, int end, Stack<Branch> branches)
    {
        if (word.StartsWith("if", StringComparison.Ordinal))
        {
            branches.Push(new Branch(end, 0));
        }
    }

    private static void Leave(ReadOnlySpan<char> word, int start, char[] mask, Stack<Branch> branches)
    {
        var isEnd = word.StartsWith("endif", StringComparison.Ordinal);
        if (branches.Count == 0 || !(isEnd || word.StartsWith("el", StringComparison.Ordinal)))
        {
            return;
        }

        var branch = branches.Pop();
        var region = mask.AsSpan(branch.Start, start - branch.Start);
        if (branch.Number > 0 && branches.Count < Deepest && region.Count('{') != region.Count('}'))
        {
            foreach (ref var c in region)
            {
                c = c is '{' or '}' ? ' ' : c;
            }
        }

        if (!isEnd)
        {
            branches.Push(new Branch(start, branch.Number + 1));
        }
    }

    private static int EndOf(string text, int start)
    {
        var newline = text.IndexOf('\n', start);
        return newline < 0 ? text.Length : newline;
    }

    private readonly record struct Branch(int Start, int Number);
}
