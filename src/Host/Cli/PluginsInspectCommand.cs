using System.CommandLine;
using System.Text.Json;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Cli;

/// <summary><c>plugins inspect</c>: what a package holds, and whether this host would take it. Nothing of it runs.</summary>
internal static class PluginsInspectCommand
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Argument<string> Package = new("package") { Description = "The package." };

    public static Command Create()
    {
        var command = new Command("inspect", "Shows a package and whether this host would take it; exit 1 if not.") { Package };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var bytes = PackageFile.Read(parsed.GetRequiredValue(Package));
        var verdict = new PackageVerifier(PublisherKeys.Load(Settings.List(PublisherKeys.Variable))).Verify(bytes);
        var refusal = (verdict as PackageVerdict.Refused)?.Refusal;
        var package = (verdict as PackageVerdict.Verified)?.Package;
        var manifest = package?.Manifest ?? PackageManifest.Read(PackageArchive.Read(bytes)[0].Bytes.Span);
        if (parsed.GetValue(GlobalOptions.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { manifest, package?.Sha256, publisher = package?.Publisher.Name, refusal?.Code, refusal?.Reason }, Web));
        }
        else
        {
            Console.WriteLine($"{manifest.Id} {manifest.Version}: {manifest.Name} — {manifest.Description}");
            Console.WriteLine($"  sdk {manifest.SdkRange}, entry {manifest.EntryType} in {manifest.Assembly}");
            Console.WriteLine($"  publisher {package?.Publisher.Name ?? "not vouched for"} (key {manifest.PublisherKeyId ?? "none"})");
            Console.WriteLine($"  asks for {(manifest.Permissions.Count == 0 ? "nothing" : string.Join(", ", manifest.Permissions))}");
            foreach (var file in manifest.Files)
            {
                Console.WriteLine($"  {file.Sha256[..16]} {file.Length,10:N0} {file.Path}");
            }

            Console.WriteLine(refusal is null ? $"  would be taken; sha256 {package!.Sha256}" : $"  refused: {refusal.Reason} ({refusal.Code})");
        }

        return refusal is null ? ExitCode.Ok : ExitCode.Failed;
    }
}
