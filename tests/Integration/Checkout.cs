namespace Tessera.Integration;

/// <summary>The tree that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>A file of it.</summary>
    public static string File(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("Platform.sln is not above the test."), relative);
    }
}
