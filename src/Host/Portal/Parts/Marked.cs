namespace Tessera.Host.Portal.Parts;

/// <summary>Splits a text into quoted and unquoted stretches.</summary>
internal static class Marked
{
    /// <summary>The text in order; spans may overlap and may reach beyond the text, of which only what lies inside counts.</summary>
    public static IEnumerable<(string Text, bool Quoted)> Split(string text, IEnumerable<(int Start, int End)> spans)
    {
        var at = 0;
        foreach (var (start, end) in spans.OrderBy(x => x.Start))
        {
            var from = Math.Clamp(start, at, text.Length);
            var to = Math.Clamp(end, from, text.Length);
            if (to == from)
            {
                continue;
            }

            if (from > at)
            {
                yield return (text[at..from], false);
            }

            yield return (text[from..to], true);
            at = to;
        }

        if (at < text.Length)
        {
            yield return (text[at..], false);
        }
    }
}
