using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tessera.Host.Errors;

namespace Tessera.Host.Documents;

/// <summary>An upload's multipart body, read as it comes in: the file goes straight to the disk.</summary>
internal sealed class UploadForm : IDisposable
{
    /// <summary>What a request may have beside the file.</summary>
    public const int Overhead = 64 * 1024;

    private const int LongestField = 4 * 1024;
    private const int MostParts = 100;
    private const int ManagedIo = unchecked((int)0x80131620);
    private readonly List<string> tags = [];
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>The file's bytes.</summary>
    public StagedBlob? File { get; private set; }

    /// <summary>The field <c>name</c>, else the file's own name.</summary>
    public string Name { get; private set; } = "";

    public SentFields Fields => new()
    {
        Folder = fields.GetValueOrDefault("folder"),
        Tags = tags,
        Date = fields.GetValueOrDefault("date"),
        Language = fields.GetValueOrDefault("language"),
    };

    /// <exception cref="ProblemException">The body is no form, is larger than the limit, or has parts that are not taken.</exception>
    public static async Task<UploadForm> ReadAsync(HttpRequest request, BlobStore blobs, long limit, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new ProblemException(ErrorCode.UnsupportedMediaType, "Send multipart/form-data with the file in the part named file.");
        }

        var form = new UploadForm();
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } part; parts++)
            {
                if (parts == MostParts)
                {
                    throw Invalid($"A form has {MostParts} parts at most.");
                }

                await form.TakeAsync(part, blobs, limit, cancellationToken);
            }

            return form.File is not null ? form : throw Invalid("The form has no part named file that holds a file.");
        }
        catch (Exception fault)
        {
            form.Dispose();

            // The reader of forms says so where the body breaks off; faults of the disk have codes of their own.
            throw fault is InvalidDataException || (fault is IOException and not BadHttpRequestException && fault.HResult == ManagedIo)
                ? new ProblemException(ErrorCode.InvalidRequest, "The form breaks off or is not multipart/form-data. Send it again.", fault)
                : fault;
        }
    }

    public void Dispose() => File?.Dispose();

    private async Task TakeAsync(MultipartSection part, BlobStore blobs, long limit, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || disposition.DispositionType != "form-data")
        {
            throw Invalid("A part of the form has no name.");
        }

        var field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        if (field == "file")
        {
            await TakeFileAsync(part, disposition, blobs, limit, cancellationToken);
            return;
        }

        var value = await ReadFieldAsync(part, cancellationToken);
        if (field == "tags")
        {
            tags.Add(value);
        }
        else if (field is not ("name" or "folder" or "date" or "language"))
        {
            throw Invalid("The form has a field that is not known here. Taken are: file, name, folder, tags, date, language.");
        }
        else if (!fields.TryAdd(field, value))
        {
            throw Invalid($"The field {field} comes twice.");
        }
        else if (field == "name")
        {
            Name = value;
        }
    }

    private async Task TakeFileAsync(
        MultipartSection part, ContentDispositionHeaderValue disposition, BlobStore blobs, long limit, CancellationToken cancellationToken)
    {
        if (File is not null)
        {
            throw Invalid("A form holds one file. Send one request for each.");
        }

        if (!fields.ContainsKey("name"))
        {
            Name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        }

        File = await blobs.StageAsync(part.Body, limit, cancellationToken)
            ?? throw new ProblemException(ErrorCode.TooLarge, $"A file is {limit} bytes at most. Split it and upload its parts.");
    }

    private static async Task<string> ReadFieldAsync(MultipartSection part, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var length = await part.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw Invalid($"A field is {LongestField} bytes at most.");
    }

    private static ProblemException Invalid(string detail) => new(ErrorCode.InvalidRequest, detail);
}
