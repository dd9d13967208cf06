namespace Tessera.Host.Cli;

/// <summary>A file on this machine and the place it gets.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its document's name.</param>
/// <param name="Folder">Its document's folder: where it lies below the folder that was given.</param>
internal sealed record FileToIngest(string Path, string Name, string Folder);

/// <summary>Finds the files that were meant.</summary>
internal static class FilesToIngest
{
    /// <summary>In the order given, folders by name. Links are not followed; hidden files and folders are left out.</summary>
    /// <exception cref="CommandFailedException">A path is not there, or there is nothing in it.</exception>
    public static IReadOnlyList<FileToIngest> Find(IEnumerable<string> paths)
    {
        var files = new List<FileToIngest>();
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(new FileToIngest(path, Path.GetFileName(path), ""));
            }
            else if (Directory.Exists(path))
            {
                var options = new EnumerationOptions
                {
                    RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
                };
                files.AddRange(Directory.EnumerateFiles(path, "*", options).Order(StringComparer.Ordinal).Select(file => new FileToIngest(
                    file, Path.GetFileName(file), Path.GetDirectoryName(Path.GetRelativePath(path, file))!.Replace('\\', '/'))));
            }
            else
            {
                throw new CommandFailedException($"'{path}' is not there.", ExitCode.Usage);
            }
        }

        return files.Count > 0 ? files : throw new CommandFailedException("There is no file in what was named.", ExitCode.Usage);
    }
}
