using System.Diagnostics;

namespace Tessera.Architecture;

/// <summary>Programs that come with <c>npm ci --prefix tools/lint</c>.</summary>
internal static class LintTool
{
    /// <summary>What a linter says of a file; empty when it is content.</summary>
    public static string Run(string tool, params string[] arguments)
    {
        var (code, said) = Call(tool, null, arguments);
        return code == 0 ? "" : said;
    }

    /// <summary>The same of a text, which lies in a file of this name meanwhile.</summary>
    public static string RunOn(string text, string name, Func<string, string> run)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-lint-");
        try
        {
            var file = Path.Combine(folder.FullName, name);
            File.WriteAllText(file, text);
            return run(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>YAML as JSON, its anchors and merges resolved.</summary>
    public static string ToJson(string yaml)
    {
        var (code, said) = Call("yaml", yaml, "--json", "--merge", "--single", "--strict");
        return code == 0 ? said : throw new InvalidDataException(said);
    }

    private static (int Code, string Said) Call(string tool, string? input, params string[] arguments)
    {
        var path = Path.Combine(House.Root, "tools", "lint", "node_modules", ".bin", tool);
        Assert.SkipUnless(File.Exists(path), $"{tool} is not installed: run npm ci --prefix tools/lint.");
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = House.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
