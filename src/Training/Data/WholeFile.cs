namespace Tessera.Training.Data;

/// <summary>Writes files that are there as a whole or not at all, whenever the process or the machine stops.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file, then takes its place; makes the folder where it is missing.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var half = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = new FileStream(half, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
        }
        catch
        {
            File.Delete(half);
            throw;
        }
    }
}
