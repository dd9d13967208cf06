using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Tessera.Host.Errors;

/// <summary>Hash of a request's body by which a repetition is known. Of a multipart body the parts count, not the boundary, which clients make anew.</summary>
internal static class BodyHash
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Lower-case hex of SHA-256; the body is read to its end.</summary>
    public static async Task<string> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary)
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"\n{section.ContentDisposition}\n{section.ContentType}\n"));
                hash.AppendData(await ContentAsync(section.Body, cancellationToken));
            }
        }
        else
        {
            hash.AppendData(await ContentAsync(request.Body, cancellationToken));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Hashed apart, so that no content can pose as the head of a part.
    private static async Task<byte[]> ContentAsync(Stream body, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return hash.GetHashAndReset();
    }
}
