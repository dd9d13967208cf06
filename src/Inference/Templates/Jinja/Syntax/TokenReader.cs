using System.Runtime.CompilerServices;

namespace Tessera.Inference.Templates.Jinja.Syntax;

/// <summary>Reads tokens one after the other and watches how deep constructs lie in each other. One thread.</summary>
internal sealed class TokenReader(List<Token> tokens)
{
    private const int Depth = 150;
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public int Line => Current.Line;

    public Token Next()
    {
        var token = tokens[_at];
        _at += token.Kind == TokenKind.End ? 0 : 1;
        return token;
    }

    public bool IsOperator(string text) => Current.Kind == TokenKind.Operator && Current.Text == text;

    public bool IsName(string text) => Current.Kind == TokenKind.Name && Current.Text == text;

    /// <summary>Whether the token after the current one is this operator.</summary>
    public bool IsOperatorNext(string text) => _at + 1 < tokens.Count && tokens[_at + 1].Kind == TokenKind.Operator && tokens[_at + 1].Text == text;

    public bool IsNameNext(string text) => _at + 1 < tokens.Count && tokens[_at + 1].Kind == TokenKind.Name && tokens[_at + 1].Text == text;

    public bool TakeOperator(string text) => Take(IsOperator(text));

    public bool TakeName(string text) => Take(IsName(text));

    public void ExpectOperator(string text) => Expect(TakeOperator(text), text);

    public void ExpectName(string text) => Expect(TakeName(text), text);

    public string ExpectName()
    {
        Expect(Current.Kind == TokenKind.Name, "a name", quoted: false);
        return Next().Text;
    }

    public void Expect(TokenKind kind, string shown)
    {
        Expect(Current.Kind == kind, shown);
        Next();
    }

    /// <summary>Goes one level deeper; <see cref="Leave"/> comes back.</summary>
    public void Enter()
    {
        if (++_depth > Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new SyntaxException(Line, $"it nests more than {Depth} levels deep");
        }
    }

    public void Leave(int levels = 1) => _depth -= levels;

    public SyntaxException Unexpected() => new(Line, $"{Shown()} is not understood here");

    private bool Take(bool isThere)
    {
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void Expect(bool isThere, string wanted, bool quoted = true)
    {
        if (!isThere)
        {
            throw new SyntaxException(Line, $"{(quoted ? $"'{wanted}'" : wanted)} is expected, but {Shown()} is there");
        }
    }

    private string Shown() => Current.Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.Text => "a string",
        TokenKind.Data => "text",
        _ => $"'{(Current.Text.Length > 40 ? Current.Text[..40] : Current.Text)}'",
    };
}
