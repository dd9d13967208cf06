namespace Tessera.Rag;

/// <summary>Whether files can be kept in a folder.</summary>
public static class WritableFolder
{
    /// <summary>Writes a byte to a file in it that goes at once. A folder that is missing is not made: it may be a volume that is away.</summary>
    /// <exception cref="TransientException">It cannot be written; the message names it.</exception>
    public static void Require(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $".probe-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
            probe.Flush();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new TransientException($"{folder} cannot be written: {closed.GetType().Name}.", closed);
        }
    }
}
