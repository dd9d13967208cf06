using System.Reflection;
using Tessera.Host.Plugins.Packages;
using Tessera.Inference;
using Tessera.Inference.Static;
using Tessera.Rag;
using Tessera.Sdk;

namespace Tessera.Host.Plugins;

/// <summary>A verified package → a domain that is ready to work, after every type of its assembly has been resolved.</summary>
internal static class PluginLoader
{
    /// <exception cref="PackageRefusedException"><c>cannot-load</c>, with what is wrong; nothing of it stays loaded.</exception>
    public static LoadedPlugin Load(VerifiedPackage package, bool bundled)
    {
        var context = new PluginLoadContext(package);
        try
        {
            var module = CreateModule(context, package.Manifest);
            CheckProfile(module.Profile, package.Manifest);
            var roles = DomainRoles.Of(module, DomainModels.Read(path => package.Find(path)?.Bytes, module.Profile, StaticEmbedder.Load));
            return new LoadedPlugin(package.Manifest, roles, package.Sha256, package.Publisher.KeyId, bundled) { Context = context };
        }
        catch (Exception failure)
        {
            context.Unload();
            if (failure is PackageRefusedException)
            {
                throw;
            }

            // Whatever a foreign constructor throws is the package's fault, not the host's.
            throw Refused(Words(failure), failure);
        }
    }

    private static DomainModule CreateModule(PluginLoadContext context, PluginManifest manifest)
    {
        var assembly = context.LoadFromPackage(manifest.Assembly)
            ?? throw Refused($"the package lacks '{manifest.Assembly}'", null);
        assembly.GetTypes();
        var type = assembly.GetType(manifest.EntryType)
            ?? throw Refused($"'{manifest.Assembly}' has no type '{manifest.EntryType}'", null);
        if (!type.IsPublic || type.IsAbstract || !type.IsSubclassOf(typeof(DomainModule)) || type.GetConstructor([]) is null)
        {
            throw Refused($"'{manifest.EntryType}' is not a public DomainModule with a constructor without parameters", null);
        }

        return (DomainModule)Activator.CreateInstance(type)!;
    }

    private static void CheckProfile(DomainProfile profile, PluginManifest manifest)
    {
        Require(profile.Id == manifest.Id, $"its profile says '{profile.Id}' where its manifest says '{manifest.Id}'");
        Require(profile.Name is { Length: > 0 and <= 100 }, "its profile's name is empty or longer than 100 characters");
        Require(profile.Description is { Length: > 0 and <= 1000 }, "its profile's description is empty or longer than 1,000 characters");
        Require(Enum.IsDefined(profile.Analysis) && Enum.IsDefined(profile.Release), "its profile names an analysis or a release that this host does not know");
        Require(profile.MinimumEvidence is >= 0 and <= 1, "its profile's minimum evidence is not between 0 and 1");
        Require(profile.RefusalText is { Length: > 0 and <= 1000 }, "its profile's refusal is empty or longer than 1,000 characters");
        Require(
            profile.SampleQuestions is { Count: <= 10 } questions && questions.All(question => question is { Length: > 0 and <= 500 }),
            "its profile has more than 10 sample questions, or one that is empty or longer than 500 characters");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw Refused(problem, null);
        }
    }

    private static string Words(Exception failure) => failure switch
    {
        TargetInvocationException { InnerException: { } inner } => Words(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
        PermanentException model => model.Message,
        ModelException embedder => embedder.Message,
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };

    private static PackageRefusedException Refused(string problem, Exception? inner) =>
        new("cannot-load", $"The package's code could not be loaded: {problem.TrimEnd('.')}. Ask its publisher for a version that fits this host.", inner);
}
