using System.Globalization;
using Tessera.Reader.Formats;
using Tessera.Sdk;

namespace Tessera.Reader.Code;

/// <summary>Source code: one section a function, a type's head, and what lies between.</summary>
internal sealed class CodeFormat : IFormat
{
    /// <summary>Longer files were not written by people: plain text.</summary>
    private const int Longest = 8_000_000;

    /// <summary>Longer sections become several, cut at line ends.</summary>
    private const int Piece = 200_000;

    public void Read(SourceFile file, SectionWriter output, CancellationToken cancellationToken)
    {
        var raw = EncodedText.Read(file).Text;
        if (raw.Length > Longest)
        {
            new TextFormat().Read(file, output, cancellationToken);
            return;
        }

        var language = Languages.Of(file.Extension);
        var code = new CodeText(TextRules.Clean(raw), language);
        var firstLine = 1 + BlankLines(raw);
        foreach (var block in CodeSections.Cut(code, Declarations(code, cancellationToken)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(code, block, firstLine, output);
        }
    }

    private static List<Declaration> Declarations(CodeText code, CancellationToken cancellationToken) => code.Language switch
    {
        { Name: "csharp" } => CSharpReader.Read(code, cancellationToken),
        { Shape: CodeShape.Indents } => new IndentReader(code).Read(cancellationToken),
        { Shape: CodeShape.Statements } => new StatementReader(code).Read(cancellationToken),
        _ => new BraceReader(code).Read(cancellationToken),
    };

    private static void Write(CodeText code, CodeBlock block, int firstLine, SectionWriter output)
    {
        var end = code.EndOf(block.TextLast);
        for (var start = code.StartOf(block.First); start < end;)
        {
            var cut = end - start <= Piece ? end : Cut(code.Text, start, start + Piece);
            var last = Math.Max(code.LineOf(start), Math.Min(code.LineOf(cut - 1), block.Last));
            var tags = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [SectionTags.Kind] = SectionTags.KindCode,
                [SectionTags.Language] = code.Language.Name,
                [SectionTags.Lines] = string.Create(CultureInfo.InvariantCulture, $"{firstLine + code.LineOf(start)}-{firstLine + last}"),
            };
            if (block.Declaration is { } declaration)
            {
                tags[SectionTags.Symbol] = block.Trail[^1];
                tags[SectionTags.Signature] = declaration.Signature;
            }

            output.Write(code.Text[start..cut], block.Trail, null, tags);
            start = cut;
        }
    }

    private static int Cut(string text, int start, int limit)
    {
        var newline = text.LastIndexOf('\n', limit - 1, limit - start);
        var cut = newline > start ? newline + 1 : limit;
        return char.IsLowSurrogate(text[cut]) ? cut - 1 : cut;
    }

    /// <summary>Lines that cleaning drops at the file's beginning still count.</summary>
    private static int BlankLines(string text)
    {
        var lines = 0;
        for (var i = 0; i < text.Length && char.IsWhiteSpace(text[i]); i++)
        {
            lines += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')) ? 1 : 0;
        }

        return lines;
    }
}
