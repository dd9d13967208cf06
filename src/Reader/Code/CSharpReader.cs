using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tessera.Reader.Code;

/// <summary>
/// Declarations of C# as its compiler sees them; only parsed, nothing is resolved. What nests too deeply for a recursive
/// parser, or what the parser gives up on, is read by its brackets.
/// </summary>
internal static class CSharpReader
{
    private const int DeepestBrackets = 200;
    private const int DeepestHoles = 16;
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    public static List<Declaration> Read(CodeText code, CancellationToken cancellationToken)
    {
        if (code.HoleDepth > DeepestHoles || IsDeep(code.Text))
        {
            return new BraceReader(code).Read(cancellationToken);
        }

        var found = new List<Declaration>();
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code.Text, Options, cancellationToken: cancellationToken).GetRoot(cancellationToken);
        Add(root.Members, code, found, 0);
        return found.Count == 0 ? new BraceReader(code).Read(cancellationToken) : found;
    }

    /// <summary>Brackets as written, in strings too: rather once too shallow read than once too deep.</summary>
    private static bool IsDeep(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' && depth > 0 ? -1 : 0;
            if (depth > DeepestBrackets)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(SyntaxList<MemberDeclarationSyntax> members, CodeText code, List<Declaration> found, int depth)
    {
        foreach (var member in members)
        {
            if (Of(member, code) is { } declaration)
            {
                found.Add(declaration);
            }

            if (depth < CodeSections.Deepest)
            {
                var inside = member switch
                {
                    BaseNamespaceDeclarationSyntax space => space.Members,
                    TypeDeclarationSyntax type => type.Members,
                    _ => default,
                };
                Add(inside, code, found, depth + 1);
            }
        }
    }

    private static Declaration? Of(MemberDeclarationSyntax member, CodeText code) => member switch
    {
        BaseNamespaceDeclarationSyntax x => Make(x, code, x.Name.ToString(), x.Name.Span.End, true) with { IsNamespace = true },
        BaseTypeDeclarationSyntax x => Make(x, code, x.Identifier.Text, Begin(x.OpenBraceToken, x), x is TypeDeclarationSyntax),
        DelegateDeclarationSyntax x => Make(x, code, x.Identifier.Text, x.Span.End),
        MethodDeclarationSyntax x => Make(x, code, x.Identifier.Text, Body(x)),
        ConstructorDeclarationSyntax x => Make(x, code, x.Identifier.Text, Body(x)),
        DestructorDeclarationSyntax x => Make(x, code, "~" + x.Identifier.Text, Body(x)),
        OperatorDeclarationSyntax x => Make(x, code, "operator " + x.OperatorToken.Text, Body(x)),
        ConversionOperatorDeclarationSyntax x => Make(x, code, "operator " + x.Type, Body(x)),
        PropertyDeclarationSyntax x when HasBody(x) || x.ExpressionBody is not null => Make(x, code, x.Identifier.Text, x.AccessorList?.SpanStart ?? x.ExpressionBody!.SpanStart),
        IndexerDeclarationSyntax x => Make(x, code, "this[]", x.AccessorList?.SpanStart ?? x.ExpressionBody?.SpanStart ?? x.Span.End),
        EventDeclarationSyntax x => Make(x, code, x.Identifier.Text, x.AccessorList?.SpanStart ?? x.Span.End),
        _ => null,
    };

    private static Declaration Make(MemberDeclarationSyntax member, CodeText code, string name, int headEnd, bool isContainer = false)
    {
        var headStart = member.AttributeLists.Count > 0 ? member.AttributeLists[^1].Span.End : member.SpanStart;
        var signature = code.OnOneLine(headStart, Math.Max(headStart, headEnd)).TrimEnd(';', ' ');
        return new Declaration(member.SpanStart, member.Span.End, [name], signature, isContainer);
    }

    private static int Body(BaseMethodDeclarationSyntax method) =>
        method.Body?.SpanStart ?? method.ExpressionBody?.SpanStart ?? method.Span.End;

    private static int Begin(SyntaxToken brace, BaseTypeDeclarationSyntax type) =>
        brace.IsKind(SyntaxKind.None) || brace.IsMissing ? type.Span.End : brace.SpanStart;

    private static bool HasBody(PropertyDeclarationSyntax property) =>
        property.AccessorList?.Accessors.Any(x => x.Body is not null || x.ExpressionBody is not null) == true;
}
