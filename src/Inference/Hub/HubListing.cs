using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tessera.Inference.Hub;

/// <summary>Reads the list of a repository's files. Entries without an SHA-256 keep an empty one; entries with a path that no file should have are left out.</summary>
internal sealed partial class HubListing(HubClient client, HubFaults faults)
{
    private const int LargestPage = 8 << 20;
    private const int MostPages = 20;
    private const int LongestPath = 400;

    /// <exception cref="HubInterruption">A failure that may pass.</exception>
    /// <exception cref="ModelException">Any other.</exception>
    public async Task<List<HubFile>> ReadAsync(string repository, CancellationToken cancellationToken)
    {
        var files = new List<HubFile>();
        var next = client.At($"api/models/{repository}/tree/main?recursive=true");
        for (var page = 0; next is not null; page++)
        {
            if (page == MostPages || !client.IsHub(next))
            {
                throw faults.NotUnderstood();
            }

            using var response = await client.GetAsync(next, range: null, cancellationToken).ConfigureAwait(false);
            var body = await ReadPageAsync(response, cancellationToken).ConfigureAwait(false);
            files.AddRange(Parse(repository, body));
            next = Next(next, response);
        }

        return files;
    }

    private async Task<ReadOnlyMemory<byte>> ReadPageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var page = new MemoryStream();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[64 << 10];
        while (await client.ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            page.Write(buffer, 0, read);
            if (page.Length > LargestPage)
            {
                throw faults.NotUnderstood();
            }
        }

        return page.ToArray();
    }

    private List<HubFile> Parse(string repository, ReadOnlyMemory<byte> page)
    {
        try
        {
            using var json = JsonDocument.Parse(page);
            var files = new List<HubFile>();
            foreach (var entry in json.RootElement.EnumerateArray())
            {
                var path = entry.GetProperty("path").GetString();
                var isFile = !entry.TryGetProperty("type", out var type) || type.ValueEquals("file");
                if (isFile && path is not null && IsPath(path))
                {
                    var lfs = entry.TryGetProperty("lfs", out var pointer) && pointer.ValueKind == JsonValueKind.Object ? pointer : default;
                    var hash = lfs.ValueKind == JsonValueKind.Object ? lfs.GetProperty("oid").GetString()! : "";
                    var size = (lfs.ValueKind == JsonValueKind.Object ? lfs : entry).GetProperty("size").GetInt64();
                    files.Add(new HubFile(repository, path, size, IsHash(hash) ? hash.ToLowerInvariant() : ""));
                }
            }

            return files;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw faults.NotUnderstood();
        }
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    private static bool IsPath(string path)
        => path.Length <= LongestPath && !path.Any(x => char.IsControl(x) || x is '\\' or ':') && path.Split('/').All(x => x.Length > 0 && x[0] != '.');

    // Link: <address>; rel="next"
    private static Uri? Next(Uri page, HttpResponseMessage response)
        => response.Headers.TryGetValues("Link", out var links) && NextLink().Match(string.Join(',', links)) is { Success: true } match
            && Uri.TryCreate(page, match.Groups[1].Value, out var next) ? next : null;

    [GeneratedRegex("<([^<>]*)>\\s*\\x3b\\s*rel=\"?next\"?", RegexOptions.NonBacktracking)]
    private static partial Regex NextLink();
}
