using System.Text;

namespace Tessera.Reader.Pdf;

/// <summary>Typesetters' ligatures (ﬁ, ﬂ …) as the letters that they stand for; nothing else is normalised.</summary>
internal static class Ligatures
{
    private const char First = '\uFB00';
    private const char Last = '\uFB06';

    public static string Spell(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(First, Last))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            result.Append(c is >= First and <= Last ? c.ToString().Normalize(NormalizationForm.FormKC) : c.ToString());
        }

        return result.ToString();
    }
}
