using System.Buffers;

namespace Tessera.Host.Plugins.Packages;

/// <summary>Names of files in a package: plain ASCII, so that they mean the same on every file system.</summary>
internal static class PackagePath
{
    public const string Manifest = "plugin.json";
    public const string Signature = "plugin.sig";
    public const int Longest = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+/");

    /// <summary>Order of the entries: the manifest, the files by ordinal name, the signature.</summary>
    public static int Compare(string left, string right)
    {
        var rank = Rank(left).CompareTo(Rank(right));
        return rank != 0 ? rank : string.CompareOrdinal(left, right);
    }

    /// <exception cref="PackageRefusedException">The name is not one that a package may hold.</exception>
    public static void Check(string path)
    {
        var plain = path.Length is > 0 and <= Longest && !path.AsSpan().ContainsAnyExcept(Allowed);
        if (!plain || path.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part[^1] == '.'))
        {
            throw new PackageRefusedException(
                "bad-name",
                $"The package holds a file named '{Printable(path)}'. Names are letters, digits and '._-+' in folders split by '/', and no part begins or ends with a dot.");
        }
    }

    private static int Rank(string path) => path switch
    {
        Manifest => 0,
        Signature => 2,
        _ => 1,
    };

    private static string Printable(string path) =>
        new([.. path.Take(60).Select(letter => letter is > ' ' and < (char)127 ? letter : '?')]);
}
