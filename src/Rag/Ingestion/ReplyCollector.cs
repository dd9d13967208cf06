using Tessera.Reader.Protocol;
using Tessera.Sdk;

namespace Tessera.Rag.Ingestion;

/// <summary>Builds the outcome from a worker's replies, and believes nothing that would break what the outcome promises.</summary>
internal sealed class ReplyCollector(ReadRequest request, Action grantPage)
{
    private const int MaximumParts = 500_000;

    private readonly List<Section> _sections = [];
    private readonly List<ArchiveEntry> _entries = [];

    // Trails, tags and names are bounded like the text: they lie in this process's memory too.
    private long _besides;

    /// <returns>The outcome with the last reply, else null.</returns>
    /// <exception cref="InvalidDataException">The reply is not one that an honest worker sends.</exception>
    /// <exception cref="TransientException">The disk is full.</exception>
    public ReadOutcome? Take(ReadReply reply)
    {
        switch (reply)
        {
            case ReadReply.Found found:
                Add(found);
                return null;
            case ReadReply.Entry entry:
                Add(entry);
                return null;
            case ReadReply.Slow:
                grantPage();
                return null;
            case ReadReply.End { IsArchive: true } when _entries.Count > 0 && _sections.Count == 0:
                return new ReadOutcome.Archive(_entries);
            case ReadReply.End { IsArchive: false } end when _sections.Count > 0 && _entries.Count == 0:
                return new ReadOutcome.Text(_sections, end.Pages);
            case ReadReply.Failed { Code: ReadReply.DiskFull } failed:
                throw new TransientException(failed.Reason);
            case ReadReply.Failed failed:
                return new ReadOutcome.Failed(failed.Code, failed.Reason);
            default:
                throw new InvalidDataException("The worker sent a reply out of order.");
        }
    }

    private void Add(ReadReply.Found found)
    {
        var start = _sections.Count == 0 ? 0 : _sections[^1].End + Section.Joint.Length;
        _besides += (found.Path?.Length ?? 0) + (found.Tags?.Sum(x => (long)x.Key.Length + (x.Value?.Length ?? 0)) ?? 0);
        if (string.IsNullOrWhiteSpace(found.Text) || found.Path is null || _sections.Count == MaximumParts || _besides > request.MaximumCharacters
            || start + (long)found.Text.Length > request.MaximumCharacters)
        {
            throw new InvalidDataException("The worker sent an impossible section.");
        }

        _sections.Add(new Section(found.Text, found.Path, found.Page, start) { Tags = found.Tags ?? SectionTags.None });
    }

    private void Add(ReadReply.Entry entry)
    {
        _besides += entry.Name?.Length ?? 0;
        var file = new FileInfo(Path.Combine(request.EntryFolder, entry.File ?? ""));
        if (string.IsNullOrWhiteSpace(entry.Name) || _entries.Count == MaximumParts || _besides > request.MaximumCharacters || !entry.File!.All(char.IsAsciiLetterOrDigit)
            || !file.Exists || file.LinkTarget is not null)
        {
            throw new InvalidDataException("The worker sent an impossible entry.");
        }

        _entries.Add(new ArchiveEntry(entry.Name, file.FullName));
    }
}
