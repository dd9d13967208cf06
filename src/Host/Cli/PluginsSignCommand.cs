using System.CommandLine;
using Tessera.Host.Plugins.Packages;

namespace Tessera.Host.Cli;

/// <summary><c>plugins sign</c>: unsigned packages → signed ones.</summary>
internal static class PluginsSignCommand
{
    private static readonly Argument<string[]> Packages = new("package")
    {
        Description = "Packages to sign.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = $"The publisher's private key, a PEM file ({SigningKey.Variable}).",
        HelpName = "file",
    };

    private static readonly Option<bool> CreateKey = new("--create-key")
    {
        Description = "Make the key where there is none.",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder that takes the signed packages; left out: they are signed in place.",
        HelpName = "folder",
    };

    private static readonly Option<string?> PublicKey = new("--public-key")
    {
        Description = "Also write the public key, which hosts pin, to this file.",
        HelpName = "file",
    };

    public static Command Create()
    {
        var command = new Command("sign", "Signs packages with the publisher's key.") { Packages, Key, CreateKey, Out, PublicKey };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var file = parsed.GetValue(Key) ?? Settings.Variable(SigningKey.Variable)
            ?? throw new CommandFailedException($"Name the publisher's key: --key or {SigningKey.Variable}.", ExitCode.Usage);
        if (!parsed.GetValue(CreateKey) && !File.Exists(file))
        {
            throw new CommandFailedException($"There is no key '{file}'. --create-key makes one.");
        }

        using var key = SigningKey.LoadOrCreate(file);
        var verifier = new PackageVerifier(new PublisherKeys([Publisher.FromPem("self", key.PublicPem())]));
        foreach (var package in parsed.GetRequiredValue(Packages))
        {
            var target = parsed.GetValue(Out) is { } folder
                ? Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetFileName(package))
                : package;
            var bytes = PackageFile.Read(package);
            if (IsSigned(verifier, bytes, target))
            {
                Console.WriteLine($"unchanged {target}");
                continue;
            }

            PackageFile.Write(target, PackageBuilder.Sign(bytes, key));
            Console.WriteLine($"signed {target} (key {key.KeyId[..16]})");
        }

        if (parsed.GetValue(PublicKey) is { } publicKey)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(publicKey))!);
            File.WriteAllText(publicKey, key.PublicPem());
        }

        return ExitCode.Ok;
    }

    // A signature is new each time: signing what is signed would make hosts install the same package again.
    private static bool IsSigned(PackageVerifier verifier, byte[] package, string target)
    {
        if (!File.Exists(target) || verifier.Verify(PackageFile.Read(target)) is not PackageVerdict.Verified { Package: var signed })
        {
            return false;
        }

        var unsigned = PackageBuilder.Unsign(package);
        return unsigned.AsSpan().SequenceEqual(PackageBuilder.Unsign(PackageArchive.Write(signed.Entries)));
    }
}
