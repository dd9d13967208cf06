using Tessera.Reader.Archives;
using Tessera.Reader.Formats;
using Tessera.Reader.Protocol;

namespace Tessera.Reader.Worker;

/// <summary>Reads one file and says how it ended.</summary>
internal static class FileWork
{
    /// <summary>ENOSPC as .NET reports it: not the file's fault.</summary>
    private const int DiskFull = 28;

    /// <summary>Sends every section or entry, then exactly one End or Failed. Throws only when the parent is gone.</summary>
    public static void Run(ReadRequest request, ReplyStream replies)
    {
        ReadReply last;
        try
        {
            last = Read(request, replies);
        }
        catch (UnreadableException e)
        {
            last = new ReadReply.Failed(e.Code, e.Message);
        }
        catch (OutOfMemoryException)
        {
            last = new ReadReply.Failed("out-of-memory", "Reading the file needs more memory than one file may have. Split it and upload its parts.");
        }
        catch (InsufficientExecutionStackException)
        {
            last = new ReadReply.Failed("too-deep", "The file nests too deeply to be read.");
        }
        catch (IOException e) when (e.HResult == DiskFull)
        {
            last = new ReadReply.Failed(ReadReply.DiskFull, "There is no space left on the disk.");
        }
        catch (Exception)
        {
            last = new ReadReply.Failed("corrupt", "The file is damaged: it could not be read to its end.");
        }

        replies.SendNow(last);
    }

    private static ReadReply.End Read(ReadRequest request, ReplyStream replies)
    {
        var file = new SourceFile(request.Path, request.Name);
        if (new FileInfo(request.Path).Length > request.MaximumBytes)
        {
            throw new UnreadableException("too-large", $"The file is larger than {request.MaximumBytes >> 20} MB. Split it and upload its parts.");
        }

        var kind = FileKinds.Find(file);
        if (kind.Format is null)
        {
            var count = new Unpacker(request.EntryFolder, replies.Send).Unpack(file);
            return count == 0 ? throw new UnreadableException("empty", "The archive holds no files.") : new ReadReply.End(null, true);
        }

        var sections = new SectionWriter(
            x => replies.Send(new ReadReply.Found(x.Text, x.Path, x.Page, x.Tags.Count == 0 ? null : x.Tags)),
            request.MaximumCharacters) { SlowPage = () => replies.SendNow(new ReadReply.Slow()) };
        kind.Format().Read(file, sections, CancellationToken.None);
        return sections.Count == 0
            ? throw new UnreadableException("no-text", "The file holds no text.")
            : new ReadReply.End(sections.Pages, false);
    }
}
