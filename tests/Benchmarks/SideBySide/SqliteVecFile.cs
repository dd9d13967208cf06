using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>sqlite-vec's library, which its makers publish as an npm package a platform.</summary>
internal static class SqliteVecFile
{
    private const string Package = "sqlite-vec-linux-x64";
    private const string Version = "0.1.9";
    private const string Entry = "package/vec0.so";
    private const string Sha256 = "5923730861b86c707cca5602b5f91092f9e52a46706dbc6e269fd4bb9c4498e8";

    /// <summary>Fetches it into a folder; null where npm or its registry is not there, or this is another platform.</summary>
    /// <exception cref="InvalidDataException">The file is another one than was tried.</exception>
    public static async Task<string?> FetchAsync(string folder)
    {
        if (RuntimeInformation.RuntimeIdentifier != "linux-x64" || !await PackAsync(folder))
        {
            return null;
        }

        var path = Path.Combine(folder, Path.GetFileName(Entry));
        await using var package = new GZipStream(File.OpenRead(Path.Combine(folder, $"{Package}-{Version}.tgz")), CompressionMode.Decompress);
        await using var entries = new TarReader(package);
        while (await entries.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name == Entry)
            {
                await entry.ExtractToFileAsync(path, overwrite: true);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path))) == Sha256
            ? path
            : throw new InvalidDataException($"{Entry} of {Package} {Version} is not the file that was tried.");
    }

    private static async Task<bool> PackAsync(string folder)
    {
        try
        {
            var start = new ProcessStartInfo("npm", ["pack", $"{Package}@{Version}", "--pack-destination", folder])
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var npm = Process.Start(start)!;
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
