using System.Globalization;

namespace Tessera.Host.Cli;

/// <summary>Whether data can be kept.</summary>
internal static class DoctorDisk
{
    private const string Name = "data folder";
    internal const long Enough = 1L << 30;
    internal const long Least = 64L << 20;

    /// <summary>Writes and deletes a small file in the folder, or in the folder that it would be made in.</summary>
    public static DoctorCheck Check(string dataFolder)
    {
        var folder = Path.GetFullPath(dataFolder);
        var there = folder;
        while (!Directory.Exists(there))
        {
            if (File.Exists(there))
            {
                return new DoctorCheck(Name, DoctorState.Broken, $"{there} is a file. Name a folder with --data.");
            }

            there = Path.GetDirectoryName(there)!;
        }

        try
        {
            var probe = Path.Combine(there, Path.GetRandomFileName());
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            return Space(folder, new DriveInfo(there).AvailableFreeSpace);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck(Name, DoctorState.Broken, $"{there} cannot be written: {closed.Message} Give its user the right, or name another with --data.");
        }
    }

    private static DoctorCheck Space(string folder, long free)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{folder} can be written, {free >> 20} MB are free");
        return free switch
        {
            >= Enough => new DoctorCheck(Name, DoctorState.Ok, words),
            >= Least => new DoctorCheck(Name, DoctorState.Missing, words + ": free some space soon, documents and their index need it."),
            _ => new DoctorCheck(Name, DoctorState.Broken, words + ": nothing can be kept. Free some space."),
        };
    }
}
