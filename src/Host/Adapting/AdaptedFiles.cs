using System.Security.Cryptography;
using System.Text;
using Tessera.Host.Data;
using Tessera.Host.Hosts;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Adapting;

/// <summary>
/// Adapted models on the disk, in a folder of their tenant and named by their hash, and the folder in which they are made. What is kept is on the
/// disk when a call returns. Safe for concurrent use.
/// </summary>
internal sealed class AdaptedFiles(TesseraOptions options, Abandoned abandoned)
{
    public const string Translation = "translation.model";
    public const string Embedder = "embedder.model";

    // No domain is called like this: ids begin with a letter.
    private const string Work = "0-work";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>A fresh folder for one run, for its owner alone; it holds text of the tenant until <see cref="EndWork"/>.</summary>
    public string BeginWork(TenantId tenant, Guid run)
    {
        EndWork(tenant, run);
        var folder = WorkOf(tenant, run);
        Make(folder);
        return folder;
    }

    /// <summary>Deletes the run's folder.</summary>
    public void EndWork(TenantId tenant, Guid run) => Delete(WorkOf(tenant, run));

    /// <summary>Keeps the models that a run left in a folder; returns the hash that names them.</summary>
    public string Keep(TenantId tenant, string domain, string made)
    {
        var hash = HashOf(made);
        var folder = FolderOf(tenant, domain, hash);
        Delete(folder);
        Make(Path.GetDirectoryName(folder)!);
        foreach (var file in Directory.EnumerateFiles(made))
        {
            using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }

        Directory.Move(made, folder);
        DirectorySync.Flush(Path.GetDirectoryName(folder)!);
        return hash;
    }

    /// <summary>A file of kept models; null where they have none of this name.</summary>
    public ReadOnlyMemory<byte>? Read(TenantId tenant, string domain, string hash, string name) =>
        Path.Combine(FolderOf(tenant, domain, hash), name) is var path && File.Exists(path) ? File.ReadAllBytes(path) : (ReadOnlyMemory<byte>?)null;

    /// <summary>Whether kept models are there, byte by byte.</summary>
    public bool IsWhole(TenantId tenant, string domain, string hash) =>
        FolderOf(tenant, domain, hash) is var folder && Directory.Exists(folder) && HashOf(folder) == hash;

    /// <summary>Deletes a domain's models but some.</summary>
    public void DeleteExcept(TenantId tenant, string domain, IEnumerable<string> kept)
    {
        var names = kept.ToHashSet(StringComparer.Ordinal);
        var folder = Path.Combine(FolderOf(tenant), domain);
        foreach (var gone in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
        {
            if (!names.Contains(Path.GetFileName(gone)))
            {
                Delete(gone);
            }
        }
    }

    /// <summary>Deletes what runs of a tenant have left whose process died; for the start.</summary>
    public void DeleteWork(TenantId tenant)
    {
        var work = Path.Combine(FolderOf(tenant), Work);
        foreach (var run in Directory.Exists(work) ? Directory.EnumerateDirectories(work).Where(abandoned.Is) : [])
        {
            Delete(run);
        }
    }

    /// <summary>Deletes all of a tenant's.</summary>
    public void Drop(TenantId tenant) => Delete(FolderOf(tenant));

    private static string HashOf(string folder)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in new[] { Translation, Embedder }.Where(name => File.Exists(Path.Combine(folder, name))))
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            all.AppendData(Encoding.ASCII.GetBytes(name));
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    // Each of the missing ones for the owner alone: the system's call means only the last.
    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Make(Path.GetDirectoryName(folder)!);
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            DirectorySync.Flush(Path.GetDirectoryName(folder)!);
        }
    }

    private string FolderOf(TenantId tenant) => Path.Combine(options.AdaptedFolder, tenant.Value.ToString("D"));

    private string FolderOf(TenantId tenant, string domain, string hash) => Path.Combine(FolderOf(tenant), domain, hash);

    private string WorkOf(TenantId tenant, Guid run) => Path.Combine(FolderOf(tenant), Work, run.ToString("N"));
}
