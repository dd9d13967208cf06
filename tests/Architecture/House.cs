using Mono.Cecil;

namespace Tessera.Architecture;

/// <summary>The product as it was built and as it lies in the tree.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>The compiled assembly of a project, read without loading it.</summary>
    public static AssemblyDefinition Assembly(string name) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    /// <summary>Hand-written sources below a folder, relative to the root.</summary>
    public static IReadOnlyList<string> Sources(string folder, params string[] endings) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(x => endings.Contains(Path.GetExtension(x)))
            .Select(x => Path.GetRelativePath(Root, x).Replace('\\', '/'))
            .Where(x => !x.Contains("/obj/", StringComparison.Ordinal)
                && !x.Contains("/bin/", StringComparison.Ordinal)
                && !x.Contains("/Migrations/", StringComparison.Ordinal)
                && !x.EndsWith(".g.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Platform.sln is not above the test.");
    }
}
