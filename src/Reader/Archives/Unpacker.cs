using System.Globalization;
using Tessera.Reader.Formats;
using Tessera.Reader.Protocol;

namespace Tessera.Reader.Archives;

/// <summary>Unpacks an archive, and the archives in it, to files with generated names in one flat folder.</summary>
/// <param name="folder">Existing; nothing is written outside it.</param>
/// <param name="send">Takes each entry that a document can be made of.</param>
internal sealed class Unpacker(string folder, Action<ReadReply.Entry> send)
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private int _files;

    /// <returns>How many entries were sent. Empty files and what systems add on their own are left out.</returns>
    /// <exception cref="UnreadableException">The archive is refused as a whole; files may lie in the folder.</exception>
    public int Unpack(SourceFile archive)
    {
        Unpack(archive, "", 1, new UnpackBudget(new FileInfo(archive.Path).Length));
        return _names.Count;
    }

    private void Unpack(SourceFile archive, string prefix, int depth, UnpackBudget budget)
    {
        if (depth > UnpackBudget.MaximumDepth)
        {
            throw new UnreadableException(
                "unsafe-archive", $"Archives lie in each other more than {UnpackBudget.MaximumDepth} deep. Upload the inner ones.");
        }

        foreach (var entry in PackedEntries.Of(archive))
        {
            budget.TakeEntry();
            EntryNames.Check(entry.Name);
            var name = prefix + EntryNames.Shown(entry.Name);
            if (!EntryNames.IsOfSystem(name))
            {
                Take(new SourceFile(Write(entry, budget), name), depth, budget);
            }
        }
    }

    private void Take(SourceFile file, int depth, UnpackBudget budget)
    {
        if (new FileInfo(file.Path).Length == 0)
        {
            File.Delete(file.Path);
        }
        else if (FileKinds.IsArchive(file))
        {
            Unpack(file, file.Name + "/", depth + 1, budget);
            File.Delete(file.Path);
        }
        else
        {
            send(new ReadReply.Entry(Unique(file.Name), Path.GetFileName(file.Path)));
        }
    }

    private string Write(PackedEntry entry, UnpackBudget budget)
    {
        var path = Path.Combine(folder, (++_files).ToString("D6", CultureInfo.InvariantCulture));
        using var from = entry.Open();
        using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var (crc, length) = budget.Copy(from, to);
        return length >= entry.LeastLength && (entry.Crc is null || entry.Crc == crc)
            ? path
            : throw new UnreadableException("corrupt", "The archive is cut off or damaged: an entry does not match its length or checksum.");
    }

    /// <summary>Two entries of one name would be taken for two revisions of one document.</summary>
    private string Unique(string name)
    {
        var unique = name;
        while (!_names.Add(unique.Trim()))
        {
            // Counted on from the last: an archive may hold nothing but entries of one name.
            var number = _numbers[name] = _numbers.GetValueOrDefault(name, 1) + 1;
            var ending = Path.GetExtension(name);
            unique = string.Create(CultureInfo.InvariantCulture, $"{name[..^ending.Length]} ({number}){ending}");
        }

        return unique;
    }
}
