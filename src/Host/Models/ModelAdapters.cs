using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tessera.Host.Data;
using Tessera.Host.Plugins.Packages;
using Tessera.Host.Startup;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Sdk;

namespace Tessera.Host.Models;

/// <summary>
/// The LoRA adapters that domains bring in their packages, under <c>adapters/</c>, laid out as files for the engine, named by their
/// hash. An adapter is checked when its domain is loaded, against its base where that is installed, and again where a base is met for
/// the first time. Safe for concurrent use.
/// </summary>
internal sealed class ModelAdapters(TesseraOptions options, ModelFiles models, IServiceScopeFactory scopes)
{
    private const string Folder = "adapters/";
    private const string Ending = ".gguf";
    private readonly ConcurrentDictionary<(string Adapter, string Model), bool> fitting = [];

    /// <summary>Lays out what a package brings.</summary>
    /// <exception cref="PackageRefusedException"><c>bad-adapter</c>: it lacks an adapter that its manifest names, or one is no adapter, or not for its base.</exception>
    public async Task TakeAsync(VerifiedPackage package, CancellationToken cancellationToken)
    {
        foreach (var named in package.Manifest.Models.Values.Where(model => model.AdapterSha256 is not null))
        {
            var file = package.Manifest.Files.FirstOrDefault(file =>
                file.Sha256 == named.AdapterSha256 && file.Path.StartsWith(Folder, StringComparison.Ordinal));
            if (file is null || package.Find(file.Path) is not { } entry)
            {
                throw new PackageRefusedException("bad-adapter", $"The package names an adapter for '{named.Name}' and has no file with its hash under {Folder}.");
            }

            var path = await KeepAsync(file.Sha256, entry.Bytes, cancellationToken);
            await CheckAsync(path, named, cancellationToken);
        }
    }

    /// <summary>The adapter, which fits the model.</summary>
    /// <exception cref="ModelException">It is not there, or was made for another model.</exception>
    public AdapterFile Require(string sha256, ModelFile model)
    {
        var path = PathOf(sha256);
        if (!File.Exists(path))
        {
            throw new ModelException(ModelFault.WrongAdapter, $"The adapter that the domain brings for {model.Name} is not there. Install the domain's package again.");
        }

        fitting.GetOrAdd((sha256, model.Sha256), _ =>
        {
            ModelCard.CheckAdapter(path, model.Path);
            return true;
        });
        return new AdapterFile(path, sha256);
    }

    /// <summary>Deletes those that no loaded domain names. For the start, before anything runs.</summary>
    public void Sweep(IEnumerable<PluginManifest> loaded)
    {
        var kept = loaded.SelectMany(manifest => manifest.Models.Values).Select(model => model.AdapterSha256).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(options.AdaptersFolder).Where(path =>
            !path.EndsWith(Ending, StringComparison.Ordinal) || !kept.Contains(Path.GetFileNameWithoutExtension(path))))
        {
            File.Delete(path);
        }
    }

    private string PathOf(string sha256) => Path.Combine(options.AdaptersFolder, sha256 + Ending);

    private async Task<string> KeepAsync(string sha256, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        if (File.Exists(path) && (await ModelFiles.HashAsync(path, progress: null, cancellationToken)).Sha256 == sha256)
        {
            return path;
        }

        var beside = $"{path}.{Path.GetRandomFileName()}";
        await using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(bytes, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DirectorySync.Flush(options.AdaptersFolder);
        return path;
    }

    private async Task CheckAsync(string path, ModelRef named, CancellationToken cancellationToken)
    {
        try
        {
            if (!ModelCard.Read(path).IsAdapter)
            {
                throw new PackageRefusedException("bad-adapter", $"What the package names as an adapter for '{named.Name}' is a whole model.");
            }

            await using var scope = scopes.CreateAsyncScope();
            var key = ModelName.Key(named.Name);
            var model = await scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Models.AsNoTracking()
                .FirstOrDefaultAsync(row => row.State == ModelState.Ready && (named.Sha256 == null ? row.NameKey == key : row.Sha256 == named.Sha256), cancellationToken);
            if (model is not null)
            {
                ModelCard.CheckAdapter(path, models.PathOf(model.Sha256));
            }
        }
        catch (ModelException wrong)
        {
            throw new PackageRefusedException("bad-adapter", $"The package's adapter for '{named.Name}' cannot be used: {wrong.Message}", wrong);
        }
    }
}
