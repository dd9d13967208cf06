namespace Tessera.Unit;

/// <summary>Files that lie beside the checkout on some machines; tests skip, visibly, where they do not.</summary>
internal static class SharedData
{
    /// <summary>A file or folder below <c>../shared/data</c>; skips the test where it is absent.</summary>
    public static string Require(string relative)
    {
        var folder = Root();
        Assert.SkipWhen(folder is null, "../shared/data is not on this machine.");
        var path = Path.Combine(folder!, relative);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{relative} is not on this machine.");
        return path;
    }

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                var shared = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(shared) ? Path.GetFullPath(shared) : null;
            }
        }

        return null;
    }
}
