using System.CommandLine;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Cli;

/// <summary><c>plugins pack</c>: built folders → unsigned packages.</summary>
internal static class PluginsPackCommand
{
    private static readonly Argument<string[]> Folders = new("folder")
    {
        Description = "Output folders of built plugins, each with its plugin.json.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder that takes the packages, named <id>-<version>.tessera.",
        HelpName = "folder",
        DefaultValueFactory = _ => ".",
    };

    public static Command Create()
    {
        var command = new Command("pack", "Makes unsigned packages.") { Folders, Out };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var target = Directory.CreateDirectory(parsed.GetRequiredValue(Out)).FullName;
        foreach (var folder in parsed.GetRequiredValue(Folders))
        {
            var package = PackageBuilder.Pack(folder);
            var manifest = PackageManifest.Read(PackageArchive.Read(package)[0].Bytes.Span);
            var file = Path.Combine(target, $"{manifest.Id}-{manifest.Version}.tessera");
            PackageFile.Write(file, package);
            Console.WriteLine($"packed {file} ({manifest.Files.Count} files, {package.Length:N0} bytes)");
        }

        return ExitCode.Ok;
    }
}
