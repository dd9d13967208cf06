using System.Text.RegularExpressions;

namespace Tessera.Host.Models;

/// <summary>What models may be called: it stands in addresses, in settings and in manifests.</summary>
internal static class ModelName
{
    private const int Longest = 100;

    /// <summary>Not a model: a setting that says that answers quote.</summary>
    public const string None = "none";

    private static readonly string[] Reserved = [None, "auto", "remote", "pulls", "suggestions"];

    private static readonly Regex Shape = new(
        $"^[A-Za-z0-9][A-Za-z0-9._-]{{0,{Longest - 1}}}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a name; null: nothing.</summary>
    public static string? Problem(string name) =>
        !Shape.IsMatch(name) ? $"A model's name is 1 to {Longest} of A-Z, a-z, 0-9 and '._-', beginning with a letter or a digit."
        : Reserved.Contains(Key(name), StringComparer.Ordinal) ? "This name is kept for another use. Choose another one."
        : null;

    /// <summary>By which names are compared.</summary>
    public static string Key(string name) => name.ToLowerInvariant();

    /// <summary>A name made of that of a file; null where nothing is left of it.</summary>
    public static string? OfFile(string file)
    {
        var name = Path.GetFileName(file.Replace('\\', '/'));
        name = name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? name[..^5] : name;
        name = new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')]).TrimStart('.', '_', '-');
        return name.Length == 0 ? null : name[..Math.Min(name.Length, Longest)];
    }
}
