namespace Tessera.Evals;

/// <summary>Evaluation sets lie beside the checkout, in <c>../shared/data</c>.</summary>
internal static class SharedFolder
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder below the shared data.</summary>
    /// <exception cref="DirectoryNotFoundException">It is not on this machine.</exception>
    public static string Of(string relative) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relative)) is var path && Directory.Exists(path)
        ? path
        : throw new DirectoryNotFoundException($"../shared/data/{relative} is not on this machine.");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Platform.sln is not above this program.");
    }
}
