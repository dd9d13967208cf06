using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Tessera.Soak;

/// <summary>Documents that tell what became of them: each revision has a word that nothing else has.</summary>
internal static class Papers
{
    public const string Domain = "legal";
    private const string Route = $"/api/v1/domains/{Domain}/documents";
    private static readonly TimeSpan Terminal = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A word for a paper's revision; letters only, so that it is one term and no other's piece.</summary>
    public static string Word(int paper, int revision) =>
        "qz" + string.Concat(string.Create(CultureInfo.InvariantCulture, $"{paper:000}{revision:000}").Select(digit => (char)('a' + digit - '0'))) + "xw";

    public static string NameOf(int paper) => string.Create(CultureInfo.InvariantCulture, $"paper-{paper:000}.txt");

    public static int NumberOf(string name) => int.Parse(name.AsSpan("paper-".Length, 3), CultureInfo.InvariantCulture);

    /// <summary>Text of some chunks, the word in the first and the last.</summary>
    public static byte[] Text(int paper, int revision)
    {
        var text = new StringBuilder();
        for (var clause = 1; clause <= 12; clause++)
        {
            var word = clause is 1 or 12 ? Word(paper, revision) : "common";
            text.Append(CultureInfo.InvariantCulture, $"{clause}. Clause {clause}\n\nThe {word} party shall deliver the goods in clause {clause} of paper {paper} within thirty days of the order, at its own cost, and shall bear the risk until the buyer has taken them over in writing. Each notice is given in writing and counts from the day on which it arrives at the address that this paper names.\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Uploads; the document's id where it was acknowledged, null where the host said or was nothing.</summary>
    public static async Task<Guid?> UploadAsync(HttpClient http, int paper, int revision, CancellationToken cancellationToken, bool asHtml = false)
    {
        try
        {
            byte[] bytes = asHtml ? [.. "<html>"u8, .. Text(paper, revision)] : Text(paper, revision);
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", NameOf(paper) + (asHtml ? ".html" : "") } };
            using var reply = await http.PostAsync(new Uri(Route, UriKind.Relative), form, cancellationToken);
            return reply.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK
                ? JsonDocument.Parse(await reply.Content.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("id").GetGuid()
                : null;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    public static async Task<JsonElement> GetAsync(HttpClient http, string path) => JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), Token)).RootElement;

    /// <summary>All documents, once each of them is at an end.</summary>
    /// <returns>The documents and how long it took.</returns>
    /// <param name="http">Who asks.</param>
    /// <param name="limit">It must not take longer; null: a minute.</param>
    public static async Task<(List<JsonElement> Documents, TimeSpan Took)> EndAsync(HttpClient http, TimeSpan? limit = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var all = await ListAsync(http);
            var took = TimeProvider.System.GetElapsedTime(started);
            var open = all.Where(row => row.GetProperty("status").GetString() is not ("Searchable" or "Failed")).Select(row => row.GetProperty("name").GetString()).ToList();
            if (open.Count == 0)
            {
                return (all, took);
            }

            Assert.True(took < (limit ?? Terminal), $"After {took} still at work: {string.Join(", ", open)}");
            await Task.Delay(100, Token);
        }
    }

    public static async Task<List<JsonElement>> ListAsync(HttpClient http)
    {
        var all = new List<JsonElement>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await GetAsync(http, $"{Route}?limit=200{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return all;
    }

    /// <summary>The names of the documents that hold a word, a line for each passage.</summary>
    public static async Task<List<string>> FindAsync(HttpClient http, string word)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query = word, top = 50 }), Encoding.UTF8, "application/json");
        using var reply = await http.PostAsync(new Uri($"/api/v1/domains/{Domain}/search", UriKind.Relative), body, Token);
        reply.EnsureSuccessStatusCode();
        var found = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("passages").EnumerateArray();
        return [.. found.Where(x => x.GetProperty("text").GetString()!.Contains(word, StringComparison.Ordinal)).Select(x => x.GetProperty("documentName").GetString()!)];
    }

    /// <summary>Each paper that is there is one document, whole, searchable, and in its newest revision alone; returns what breaks that.</summary>
    public static async Task<List<string>> CheckAsync(HttpClient http, IReadOnlyDictionary<int, int> kept, IReadOnlyDictionary<int, int> asked)
    {
        var broken = new List<string>();
        var (documents, _) = await EndAsync(http);
        broken.AddRange(documents.GroupBy(x => x.GetProperty("name").GetString()).Where(x => x.Count() > 1).Select(x => $"{x.Key} is there {x.Count()} times"));
        foreach (var (paper, revision) in asked)
        {
            var document = documents.FirstOrDefault(x => x.GetProperty("name").GetString() == NameOf(paper));
            if (document.ValueKind == JsonValueKind.Undefined)
            {
                broken.AddRange(kept.ContainsKey(paper) ? [$"{NameOf(paper)} is lost"] : []);
                continue;
            }

            if (document.GetProperty("status").GetString() != "Searchable")
            {
                broken.Add($"{NameOf(paper)} is {document.GetProperty("status")}: {document.GetProperty("reason")}");
                continue;
            }

            // What was not acknowledged may be there or not; what was is.
            var found = await Task.WhenAll(Enumerable.Range(1, revision).Select(one => FindAsync(http, Word(paper, one))));
            var there = Enumerable.Range(1, revision).Where(one => found[one - 1].Count > 0).ToList();
            if (there.Count != 1 || there[0] < kept.GetValueOrDefault(paper) || found[there[0] - 1].Any(name => name != NameOf(paper)))
            {
                broken.Add($"{NameOf(paper)} is found in revisions {string.Join(", ", there)}, acknowledged was {kept.GetValueOrDefault(paper)}");
            }

            var chunks = await GetAsync(http, $"/api/v1/documents/{document.GetProperty("id").GetGuid()}/chunks?limit=200");
            if (chunks.GetProperty("items").GetArrayLength() != document.GetProperty("chunks").GetInt32())
            {
                broken.Add($"{NameOf(paper)} has {chunks.GetProperty("items").GetArrayLength()} chunks of {document.GetProperty("chunks")}");
            }
        }

        return broken;
    }
}
