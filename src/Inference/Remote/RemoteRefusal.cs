using System.Text.Json;

namespace Tessera.Inference.Remote;

/// <summary>Reads why a server refused a request.</summary>
internal static class RemoteRefusal
{
    private const int LargestBody = 64 << 10;
    private const int LongestCode = 60;

    /// <exception cref="IOException">The reply broke off.</exception>
    public static async Task<RemoteAttempt.Failed> ReadAsync(
        HttpResponseMessage response, RemoteFaults faults, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return new RemoteAttempt.Failed(faults.Redirects(response.Headers.Location), MayPass: false, IsDown: false);
        }

        var code = await ReadCodeAsync(response, cancellationToken).ConfigureAwait(false);
        var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        var fault = faults.Refused(response.StatusCode, code, wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        return new RemoteAttempt.Failed(fault, MayPass: status is 408 or 429 or >= 500, IsDown: status >= 500);
    }

    // {"error": {"message": …, "type": …, "code": …}}, or the same without the outer object. Its message may repeat the prompt and is not read.
    private static async Task<string?> ReadCodeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new byte[LargestBody];
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(0, length));
            var error = json.RootElement;
            if (error.ValueKind == JsonValueKind.Object && error.TryGetProperty("error", out var inner))
            {
                error = inner;
            }

            return error.ValueKind == JsonValueKind.Object ? Word(error, "code") ?? Word(error, "type") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Word(JsonElement error, string name)
        => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestCode } word
            && word.All(x => char.IsAsciiLetterLower(x) || x == '_') ? word : null;
}
