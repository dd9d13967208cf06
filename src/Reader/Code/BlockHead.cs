namespace Tessera.Reader.Code;

/// <summary>What the text before a block's bracket declares.</summary>
/// <param name="Names">See <see cref="Declaration.Names"/>.</param>
/// <param name="IsContainer">A type, a namespace; otherwise a function.</param>
/// <param name="IsNamespace">Part of the trail alone.</param>
internal sealed record BlockHead(IReadOnlyList<string> Names, bool IsContainer, bool IsNamespace)
{
    private static readonly string[] Control =
    [
        "if", "for", "while", "switch", "catch", "else", "do", "try", "finally", "return", "new", "foreach", "using", "lock", "synchronized",
        "with", "match", "when", "unless", "until", "elif", "elseif", "case", "throw", "await", "yield", "import",
    ];

    private static readonly string[] NameEnds =
    [
        "extends", "implements", "where", "with", "permits", "for", "final", "derives", "of", "struct", "interface", "map", "func", "constructor",
    ];

    private static readonly string[] NamespaceWords = ["namespace", "package", "mod", "module"];

    /// <summary>Reads a head; null where the block declares nothing of its own.</summary>
    /// <param name="mask">The masked text from the statement's beginning up to the bracket.</param>
    /// <param name="language">Whose words count.</param>
    public static BlockHead? Parse(ReadOnlySpan<char> mask, Language language)
    {
        var tokens = HeaderTokens.Split(mask);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token is "new" or "return" || (i == 0 && Array.IndexOf(Control, token) >= 0))
            {
                return null;
            }

            if (Array.IndexOf(language.Types, token) >= 0 && Type(tokens, i, language) is { } type)
            {
                return type;
            }

            if (Array.IndexOf(language.Functions, token) >= 0)
            {
                return Function(tokens, i) ?? Assigned(tokens, i);
            }

            if (token == "=>")
            {
                return Assigned(tokens, i);
            }
        }

        return language.HasBareFunctions ? Bare(tokens) : null;
    }

    private static BlockHead? Type(List<string> tokens, int at, Language language)
    {
        var word = tokens[at];
        var i = at + 1;
        while (i < tokens.Count && (Array.IndexOf(language.Types, tokens[i]) >= 0 || tokens[i][0] is '<' or '['))
        {
            word = tokens[i].Length > 1 && HeaderTokens.IsWord(tokens[i]) ? tokens[i] : word;
            i++;
        }

        string? name = null;
        var count = 0;
        for (; i < tokens.Count && HeaderTokens.IsWord(tokens[i]) && tokens[i][0] != '@' && Array.IndexOf(NameEnds, tokens[i]) < 0; i++)
        {
            name = tokens[i];
            count++;
        }

        var stop = i < tokens.Count ? tokens[i] : "";
        if (word == "impl" && tokens.LastIndexOf("for") is var target && target > at && target + 1 < tokens.Count)
        {
            name = tokens.Skip(target + 1).FirstOrDefault(HeaderTokens.IsWord) ?? name;
        }

        if (stop is "*" or "&" or "->" || (stop.StartsWith('(') && count > 1) || (stop == "=" && word != "type"))
        {
            return null;
        }

        name ??= word is "object" && at > 0 ? word : null;
        return name is null ? null : new BlockHead(Parts(name), true, Array.IndexOf(NamespaceWords, tokens[at]) >= 0);
    }

    private static BlockHead? Function(List<string> tokens, int at)
    {
        string? receiver = null;
        for (var i = at + 1; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token[0] == '(' && i == at + 1 && i + 1 < tokens.Count && HeaderTokens.IsWord(tokens[i + 1]) && tokens[at] == "func")
            {
                receiver = HeaderTokens.Split(token.AsSpan(1, token.Length - 2)).LastOrDefault(HeaderTokens.IsWord);
            }
            else if (HeaderTokens.IsWord(token))
            {
                return new BlockHead(receiver is null ? Parts(token) : [receiver, token], false, false);
            }
            else if (token[0] == '(' || token == "=")
            {
                break;
            }
        }

        return tokens[at] is "init" or "deinit" or "constructor" or "subscript" ? new BlockHead([tokens[at]], false, false) : null;
    }

    /// <summary><c>const name = (…) =&gt;</c>, <c>name: function (…)</c>, <c>a.name = async function</c>.</summary>
    private static BlockHead? Assigned(List<string> tokens, int end)
    {
        var declared = tokens.FindIndex(x => x is "const" or "let" or "var");
        var sign = declared >= 0 && declared + 1 < end ? declared + 2 : tokens.FindIndex(x => x is "=" or ":");
        return sign > 0 && sign < end && HeaderTokens.IsWord(tokens[sign - 1]) && tokens.FindIndex(x => x is "=" or ":") is var assign && assign >= sign && assign < end
            ? new BlockHead(Parts(tokens[sign - 1]), false, false)
            : null;
    }

    private static BlockHead? Bare(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "operator" || tokens[i].EndsWith("::operator", StringComparison.Ordinal))
            {
                var signs = string.Concat(tokens.Skip(i + 1).TakeWhile((x, k) => x[0] != '(' || (k == 0 && x == "()")));
                return signs.Length is > 0 and < 40 ? new BlockHead(Parts(tokens[i] + signs), false, false) : null;
            }

            if (tokens[i] == "=")
            {
                return null;
            }

            if (tokens[i][0] == '(' && i > 0)
            {
                var name = tokens[i - 1][0] == '<' && i > 1 ? tokens[i - 2] : tokens[i - 1];
                if (name is "__attribute__" or "alignas" or "__declspec" || name[0] == '@')
                {
                    continue;
                }

                return HeaderTokens.IsWord(name) && Array.IndexOf(Control, name) < 0 ? new BlockHead(Parts(name), false, false) : null;
            }
        }

        return null;
    }

    private static string[] Parts(string name) =>
        [.. name.Split([".", "::", "\\"], StringSplitOptions.RemoveEmptyEntries).Where(x => x is not ("prototype" or "exports" or "module" or "this" or "self")).DefaultIfEmpty(name)];
}
