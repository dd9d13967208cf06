namespace Tessera.Evals;

/// <summary>Evaluation sets lie beside the checkout, in <c>../shared/data</c>.</summary>
internal static class SharedFolder
{
    /// <summary>A folder below it.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not on this machine.</exception>
    public static string Of(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", "data", relative);
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")) && Directory.Exists(path))
            {
                return Path.GetFullPath(path);
            }
        }

        throw new DirectoryNotFoundException($"../shared/data/{relative} is not on this machine.");
    }
}
