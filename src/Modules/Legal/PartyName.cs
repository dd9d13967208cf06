using Tessera.Modules.Wording;

namespace Tessera.Modules.Legal;

/// <summary>
/// Finds what a contract calls a company: <c>Acme Tools Ltd, a company of Ohio (the "Supplier")</c>. A name without a company's form is not taken: too much
/// else is defined in brackets.
/// </summary>
internal static class PartyName
{
    private const int LongestName = 80;
    private const int LongestPlace = 300;
    private static readonly string[] Before = ["the ", "hereinafter ", "hereafter ", "referred to as ", "called ", "collectively ", "together ", "individually ", "each ", "a ", "or "];
    private static readonly string[] Forms =
    [
        "Inc", "Incorporated", "Ltd", "Limited", "LLC", "L.L.C", "LLP", "L.L.P", "LP", "L.P", "Corp", "Corporation", "Company", "Co", "plc", "PLC", "GmbH", "AG", "SE",
        "S.A", "SA", "S.p.A", "B.V", "BV", "N.V", "NV", "Bank", "University", "Foundation", "Trust", "Association", "Partnership",
    ];

    private static readonly string[] Joining = ["of", "and", "the", "&", "for", "de", "van", "von"];

    /// <summary>From the party's name to what clauses call it; not back, for every contract has its own Supplier. Linear in the text's length.</summary>
    public static IEnumerable<Alias> In(string text)
    {
        var from = 0;
        for (var open = text.IndexOf('('); open >= 0; open = text.IndexOf('(', open + 1))
        {
            if (RoleAt(text.AsSpan(open + 1)) is { } role)
            {
                // Names of two parties do not run into each other.
                var place = text.AsSpan(Math.Max(from, open - LongestPlace), open - Math.Max(from, open - LongestPlace));
                if (NameIn(place) is { } name && !name.Equals(role, StringComparison.OrdinalIgnoreCase))
                {
                    yield return new Alias(name, role);
                }

                from = open;
            }
        }
    }

    private static string? RoleAt(ReadOnlySpan<char> text)
    {
        for (var more = true; more;)
        {
            more = false;
            text = text.TrimStart(" ,");
            foreach (var word in Before)
            {
                if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    text = text[word.Length..];
                    more = true;
                }
            }
        }

        var close = text.IsEmpty ? '\0' : text[0] switch { '"' => '"', '“' => '”', '\'' => '\'', '‘' => '’', _ => '\0' };
        var end = close == '\0' ? -1 : text[1..Math.Min(text.Length, LongestName)].IndexOf(close);
        var role = end < 2 ? default : text[1..(end + 1)].Trim(" ,.");
        return role.IsEmpty || !char.IsUpper(role[0]) || role.Equals("Agreement", StringComparison.OrdinalIgnoreCase) ? null : role.ToString();
    }

    // The first run of capitalised words behind "between", "and" or the beginning; a company's kind and place follow behind a comma.
    private static string? NameIn(ReadOnlySpan<char> place)
    {
        foreach (var opener in (ReadOnlySpan<string>)["between ", " and ", "among "])
        {
            var at = place.LastIndexOf(opener, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && Run(place[(at + opener.Length)..]) is { } name)
            {
                return name;
            }
        }

        return Run(place);
    }

    private static string? Run(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \n\t)\"”,;:.0123456789");
        var end = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (word.IsEmpty || !(char.IsUpper(word[0]) || (end > 0 && Starts(word, Joining))))
            {
                break;
            }

            end = range.End.GetOffset(text.Length);
            if (word[^1] is ',' or ';' or ')' || end > LongestName)
            {
                break;
            }
        }

        var name = text[..end].Trim(" ,;\n");
        var form = text[Math.Min(end, text.Length)..].TrimStart(" ,");
        return name.Contains(' ') && name.Length <= LongestName && !name.Contains('\n') && (Starts(name[(name.LastIndexOf(' ') + 1)..], Forms) || Starts(form, Forms)) ? name.ToString() : null;
    }

    private static bool Starts(ReadOnlySpan<char> text, string[] forms)
    {
        var end = text.IndexOfAny(" ,;)");
        var word = (end < 0 ? text : text[..end]).TrimEnd('.');
        foreach (var form in forms)
        {
            if (word.SequenceEqual(form))
            {
                return true;
            }
        }

        return false;
    }
}
