using System.Globalization;
using System.Text.RegularExpressions;

namespace Tessera.Host.Documents;

/// <summary>What an uploader says of a file, checked.</summary>
internal sealed record DocumentFields(string Folder, List<string> Tags, DateOnly? Date, string? Language)
{
    private const int MostTags = 50;
    private const int LongestTag = 100;
    private const int LongestLanguage = 35;

    private static readonly Regex LanguageTag = new("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", RegexOptions.NonBacktracking);

    /// <summary>The fields, or what is wrong with them and the way out.</summary>
    public static (DocumentFields? Fields, string? Problem) Read(SentFields sent)
    {
        var (folder, problem) = DocumentNames.ReadFolder(sent.Folder);
        var tags = sent.Tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var date = Blank(sent.Date);
        var language = Blank(sent.Language);
        DateOnly day = default;
        problem ??= tags switch
        {
            { Count: > MostTags } => $"A document has {MostTags} tags at most.",
            _ when tags.Exists(tag => tag.Length > LongestTag || tag.Any(DocumentNames.IsHidden)) =>
                $"A tag is {LongestTag} characters at most, without control characters.",
            _ when date is not null && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) =>
                "date is a day of the calendar, written as 2026-01-31.",
            _ when language is not null && (language.Length > LongestLanguage || !LanguageTag.IsMatch(language)) =>
                "language is a BCP 47 tag, as en or pt-BR.",
            _ => null,
        };
        return problem is null ? (new DocumentFields(folder, tags, date is null ? null : day, language), null) : (null, problem);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
