using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tessera.Portal;

/// <summary>A later version of a bundled domain, packed and signed with the checkout's key by the commands that a publisher uses.</summary>
internal static class NewVersion
{
    public static async Task<byte[]> OfAsync(string domain, string project, string version)
    {
        var folder = Directory.CreateTempSubdirectory("tessera-version-").FullName;
        try
        {
            var content = Directory.CreateDirectory(Path.Combine(folder, "content")).FullName;
            var built = Path.Combine(RunningHost.Root, "src", "Modules", project, "bin", RunningHost.Configuration, "net10.0");
            foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(content, Path.GetRelativePath(built, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            var manifest = Path.Combine(content, "plugin.json");
            var json = JsonNode.Parse(await File.ReadAllTextAsync(manifest))!;
            json["version"] = version;
            await File.WriteAllTextAsync(manifest, json.ToJsonString());

            await RunAsync("plugins", "pack", content, "--out", folder);
            var package = Path.Combine(folder, $"{domain}-{version}.tessera");
            var key = Environment.GetEnvironmentVariable("TESSERA_SIGNING_KEY") is { Length: > 0 } named ? named : Path.Combine(RunningHost.Root, ".keys", "dev.pem");
            await RunAsync("plugins", "sign", package, "--key", key, "--out", Path.Combine(folder, "signed"));
            return await File.ReadAllBytesAsync(Path.Combine(folder, "signed", Path.GetFileName(package)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [RunningHost.Executable, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
    }
}
