using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tessera.Host.Errors;

namespace Tessera.Host.Models;

/// <summary>A model's multipart body, read as it comes in: the file goes straight to the disk.</summary>
internal sealed class ModelForm : IDisposable
{
    /// <summary>What a request may have beside the file.</summary>
    public const int Overhead = 64 * 1024;

    private const int LongestField = 1024;
    private const int MostParts = 3;
    private const int ManagedIo = unchecked((int)0x80131620);

    public StagedModel? File { get; private set; }

    public string FileName { get; private set; } = "";

    public string? Name { get; private set; }

    public string? Role { get; private set; }

    /// <exception cref="ProblemException">The body is no form, is larger than the limit, or has parts that are not taken.</exception>
    public static async Task<ModelForm> ReadAsync(HttpRequest request, ModelFiles files, long limit, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            throw new ProblemException(
                ErrorCode.UnsupportedMediaType, "Send multipart/form-data with the model in the part named file, or JSON with the model to pull.");
        }

        var form = new ModelForm();
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } part; parts++)
            {
                if (parts == MostParts)
                {
                    throw Invalid("The form has more parts than file, name and role.");
                }

                await form.TakeAsync(part, files, limit, cancellationToken);
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

    private async Task TakeAsync(MultipartSection part, ModelFiles files, long limit, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || disposition.DispositionType != "form-data")
        {
            throw Invalid("A part of the form has no name.");
        }

        switch (HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
        {
            case "file" when File is null:
                FileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                File = await files.StageAsync(part.Body, limit, cancellationToken)
                    ?? throw new ProblemException(ErrorCode.TooLarge, $"A model is {limit} bytes at most. The operator can raise TESSERA_MODEL_LIMIT.");
                break;
            case "name" when Name is null:
                Name = await ReadFieldAsync(part, cancellationToken);
                break;
            case "role" when Role is null:
                Role = await ReadFieldAsync(part, cancellationToken);
                break;
            default:
                throw Invalid("The form has a field that comes twice or is not known here. Taken are: file, name, role.");
        }
    }

    private static async Task<string> ReadFieldAsync(MultipartSection part, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var length = await part.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LongestField ? Encoding.UTF8.GetString(bytes, 0, length) : throw Invalid($"A field is {LongestField} bytes at most.");
    }

    private static ProblemException Invalid(string detail) => new(ErrorCode.InvalidRequest, detail);
}
