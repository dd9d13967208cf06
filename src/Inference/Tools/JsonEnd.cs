namespace Tessera.Inference.Tools;

/// <summary>Finds where an object or a list ends, a character at a time. It looks at brackets and quotes only. Not safe for concurrent use.</summary>
internal sealed class JsonEnd
{
    /// <summary>What the parser of JSON takes.</summary>
    private const int Deepest = 64;

    private int depth;
    private bool inText;
    private bool escaped;

    public enum Reading
    {
        Going,
        Ended,
        TooDeep,
    }

    public Reading Read(char c)
    {
        if (escaped)
        {
            escaped = false;
        }
        else if (inText)
        {
            escaped = c == '\\';
            inText = c != '"';
        }
        else if (c == '"')
        {
            inText = true;
        }
        else if (c is '{' or '[')
        {
            depth++;
        }
        else if (c is '}' or ']')
        {
            depth--;
        }

        return depth > Deepest ? Reading.TooDeep : depth == 0 ? Reading.Ended : Reading.Going;
    }
}
