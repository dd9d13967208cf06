using System.Text;
using Microsoft.Extensions.AI;

namespace Tessera.Inference.Tools;

/// <summary>
/// Takes a model's text apart while it comes: text to show, and calls of tools. What may become a call is held back until it is one, or
/// is none and comes out as text; the outcome does not hang on how the text is cut. White space before the first and after each call is dropped. Time is linear
/// in the text. Not safe for concurrent use.
/// </summary>
/// <param name="syntax">How the model writes calls.</param>
/// <param name="offered">The tools that count.</param>
internal sealed class ToolCallParser(ToolCallSyntax syntax, IEnumerable<string> offered)
{
    /// <summary>A longer call is text.</summary>
    private const int LongestCall = 262_144;

    private const int LongestHead = 300;

    private readonly ToolCallReader reader = new(offered);
    private readonly List<AIContent> ready = [];
    private readonly StringBuilder shown = new();

    /// <summary>White space that is shown only when text follows.</summary>
    private readonly StringBuilder space = new();

    /// <summary>What may be the beginning of a mark, or of a call.</summary>
    private readonly StringBuilder held = new();

    /// <summary>Whether nothing was shown since the reply began or the last call ended.</summary>
    private bool atBoundary = true;

    private bool called;
    private bool mayClose;
    private bool inCall;
    private int headEnd;
    private int bodyStart;
    private JsonEnd? body;

    /// <summary>The next piece of the model's text.</summary>
    /// <returns>What is decided with it: <see cref="TextContent"/> and <see cref="FunctionCallContent"/>, in their order.</returns>
    public IReadOnlyList<AIContent> Feed(ReadOnlySpan<char> piece)
    {
        foreach (var c in piece)
        {
            if (inCall)
            {
                ReadCall(c);
            }
            else
            {
                ReadText(c);
            }
        }

        return Take();
    }

    /// <summary>The model has ended. What is still held comes out as text.</summary>
    public IReadOnlyList<AIContent> Finish()
    {
        if (held.Length > 0 || !called)
        {
            ShowHeld();
        }

        (inCall, body) = (false, null);
        space.Clear();
        return Take();
    }

    private void ReadText(char c)
    {
        if (atBoundary && held.Length == 0 && (char.IsWhiteSpace(c) || (syntax.IsBare && called && c == ';')))
        {
            space.Append(c);
            return;
        }

        if (atBoundary && held.Length == 0 && syntax.IsBare && c is '{' or '[')
        {
            Open(0);
            ReadCall(c);
            return;
        }

        held.Append(c);
        if (Ends(syntax.Opens))
        {
            var mark = syntax.Opens!.Length;
            Show(held.Length - mark);
            Open(mark);
        }
        else if (mayClose && atBoundary && Ends(syntax.Closes) && held.Length == syntax.Closes!.Length)
        {
            held.Clear();
            space.Clear();
            mayClose = false;
        }
        else
        {
            Show(held.Length - Math.Max(Begun(syntax.Opens), mayClose && atBoundary ? Begun(syntax.Closes) : 0));
        }
    }

    private void Open(int mark)
    {
        (inCall, mayClose, body, headEnd) = (true, false, null, mark);
    }

    private void ReadCall(char c)
    {
        if (body is null && !StartsBody(c))
        {
            if (IsHead(c))
            {
                held.Append(c);
                return;
            }

            Fail();
            ReadText(c);
            return;
        }

        held.Append(c);
        switch (body!.Read(c))
        {
            case JsonEnd.Reading.Ended:
                if (Calls() is { } calls)
                {
                    Accept(calls);
                }
                else
                {
                    Fail();
                }

                break;
            case JsonEnd.Reading.TooDeep:
            case JsonEnd.Reading.Going when held.Length > LongestCall:
                Fail();
                break;
        }
    }

    private bool StartsBody(char c)
    {
        var named = held.Length > headEnd && syntax.AfterName is not null && !string.IsNullOrWhiteSpace(Head());
        if (c != '{' && (c != '[' || named))
        {
            return false;
        }

        body = new JsonEnd();
        bodyStart = held.Length;
        return true;
    }

    /// <summary>White space may stand before the JSON, and, where names stand outside, a name with its marks.</summary>
    private bool IsHead(char c) => char.IsWhiteSpace(c) ? held.Length - headEnd < LongestHead
        : syntax.AfterName is not null && held.Length - headEnd < LongestHead && (char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '[' or ']');

    private string Head() => held.ToString(headEnd, (body is null ? held.Length : bodyStart) - headEnd);

    private IReadOnlyList<FunctionCallContent>? Calls()
    {
        var json = held.ToString(bodyStart, held.Length - bodyStart);
        var head = Head().Trim();
        if (head.Length == 0)
        {
            return reader.Read(json);
        }

        // Between the name and its arguments may stand marks: [CALL_ID]…[ARGS], [ARGS], or none.
        var end = head.IndexOf('[', StringComparison.Ordinal);
        var name = end < 0 ? head : head[..end];
        return (end < 0 || head.EndsWith(syntax.AfterName!, StringComparison.Ordinal)) && reader.Read(name.Trim(), json) is { } call ? [call] : null;
    }

    private void Accept(IReadOnlyList<FunctionCallContent> calls)
    {
        Flush();
        ready.AddRange(calls);
        held.Clear();
        space.Clear();
        (inCall, body, called, mayClose, atBoundary) = (false, null, true, syntax.Closes is not null, true);
    }

    private void Fail()
    {
        ShowHeld();
        (inCall, body) = (false, null);
    }

    private void ShowHeld()
    {
        shown.Append(space).Append(held);
        space.Clear();
        held.Clear();
        atBoundary = false;
    }

    /// <summary>Moves the first of what is held to what is shown.</summary>
    private void Show(int count)
    {
        if (count > 0)
        {
            shown.Append(space).Append(held, 0, count);
            space.Clear();
            held.Remove(0, count);
            atBoundary = false;
        }
    }

    private void Flush()
    {
        if (shown.Length > 0)
        {
            ready.Add(new TextContent(shown.ToString()));
            shown.Clear();
        }
    }

    private AIContent[] Take()
    {
        Flush();
        AIContent[] taken = [.. ready];
        ready.Clear();
        return taken;
    }

    private bool Ends(string? mark) => mark is not null && Matches(mark, mark.Length);

    /// <summary>Characters at the end of what is held that a mark begins with.</summary>
    private int Begun(string? mark)
    {
        for (var count = Math.Min(held.Length, (mark?.Length ?? 1) - 1); count > 0; count--)
        {
            if (Matches(mark!, count))
            {
                return count;
            }
        }

        return 0;
    }

    private bool Matches(string mark, int count)
    {
        for (var place = 0; place < count; place++)
        {
            if (held.Length < count || held[held.Length - count + place] != mark[place])
            {
                return false;
            }
        }

        return true;
    }
}
