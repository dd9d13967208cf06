using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Tessera.Inference.Hub;

/// <summary>
/// Finds and pulls model files of a hub that answers like Hugging Face's. Nothing is asked before a method is called; the system's proxy
/// is not used. What fails comes as <see cref="ModelException"/>, cancelling as <see cref="OperationCanceledException"/>. Safe for
/// concurrent use.
/// </summary>
public sealed partial class ModelHub : IDisposable
{
    private const int MostChoicesShown = 20;

    private readonly HubFaults _faults;
    private readonly HubClient _client;
    private readonly HubBackOff _backOff;
    private readonly Func<string, long> _room;

    /// <param name="options">The hub.</param>
    /// <param name="time">Counts time limits and waits, but that of a connection.</param>
    /// <exception cref="ArgumentException">The options have a setting that cannot be.</exception>
    public ModelHub(HubOptions options, TimeProvider? time = null)
        : this(options, time ?? TimeProvider.System, folder => new DriveInfo(folder).AvailableFreeSpace)
    {
    }

    /// <param name="options">The hub.</param>
    /// <param name="time">Counts time limits and waits.</param>
    /// <param name="room">Free bytes of the disk that a folder lies on.</param>
    internal ModelHub(HubOptions options, TimeProvider time, Func<string, long> room)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _faults = new HubFaults(options);
        (_client, _backOff, _room) = (new HubClient(options, _faults, time), new HubBackOff(options, time), room);
    }

    /// <summary>Finds the one GGUF file that a reference means, with its size and hash.</summary>
    /// <param name="reference"><c>owner/name:file-or-glob</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ModelException">It means no file, or several (the message lists them), or one that cannot be run or checked.</exception>
    public async Task<HubFile> ResolveAsync(string reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var wanted = HubReference.Parse(reference);
        var listing = new HubListing(_client, _faults);
        var files = await _backOff.RunAsync(() => listing.ReadAsync(wanted.Repository, cancellationToken), () => 0, cancellationToken).ConfigureAwait(false);
        List<HubFile> models = [.. files.Where(x => IsGguf(x.Path))];
        var found = wanted.Choose(models);
        if (found.Count == 0)
        {
            found = wanted.Choose(files);
            throw found.Count > 0 ? HubFaults.NotGguf(found[0].Path)
                : NotOne($"No file of {wanted.Repository} is called {wanted.Pattern}", models);
        }

        if (found.Count > 1)
        {
            throw found.FirstOrDefault(x => Part().IsMatch(x.Path)) is { } part && found.All(x => Part().IsMatch(x.Path)) ? HubFaults.Split(part.Path)
                : NotOne($"Several files of {wanted.Repository} are called {wanted.Pattern}", found);
        }

        Check(found[0]);
        return found[0];
    }

    /// <summary>
    /// Pulls a file into a folder under its own name. It is written beside it as <c>&lt;sha256&gt;.part</c>, which stays where the pull is
    /// interrupted or cancelled, and which the next pull goes on with.
    /// </summary>
    /// <param name="file">From <see cref="ResolveAsync"/>.</param>
    /// <param name="targetFolder">Made where it is missing.</param>
    /// <param name="refuse">Asked with the file's bytes: why it is not to be pulled, in a sentence for a person; null: it may.</param>
    /// <param name="progress">Told at the start, about each megabyte, and at the end; it may go back where the file starts over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The file on this machine; at once where it is there already.</returns>
    /// <exception cref="ModelException">It is too large for memory or disk, another file has its name, the hub fails, or it is not what the hub said.</exception>
    public async Task<ModelFile> PullAsync(
        HubFile file, string targetFolder, Func<long, string?> refuse, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(refuse);
        Check(file);
        var folder = Directory.CreateDirectory(targetFolder).FullName;
        var target = Path.Combine(folder, file.Name);
        var pulled = new ModelFile(Path.GetFileNameWithoutExtension(file.Name), target, file.Sha256);
        if (File.Exists(target))
        {
            return await IsSameAsync(file, target, cancellationToken).ConfigureAwait(false) ? pulled
                : throw new ModelException(ModelFault.BadFile, $"Another file lies at {target}: remove it, or pull into another folder.");
        }

        if (refuse(file.Size) is { } reason)
        {
            throw new ModelException(ModelFault.TooLarge, $"The file {file.Path} of {HubDownload.Show(file.Size)} is not pulled: {reason}");
        }

        var part = Path.Combine(folder, $"{file.Sha256}.part");
        using (var download = new HubDownload(_client, _faults, file, part, progress))
        {
            if (file.Size - download.Length > _room(folder))
            {
                throw new ModelException(ModelFault.TooLarge, $"The file {file.Path} of {HubDownload.Show(file.Size)} does not fit on the disk of {folder}: free {HubDownload.Show(file.Size - download.Length - _room(folder))} there.");
            }

            await download.TakeUpAsync(cancellationToken).ConfigureAwait(false);
            await _backOff.RunAsync(() => download.ContinueAsync(cancellationToken), () => download.Length, cancellationToken).ConfigureAwait(false);
            download.Verify();
        }

        File.Move(part, target);
        return pulled;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _client.Dispose();

    private static void Check(HubFile file)
    {
        if (!IsGguf(file.Path))
        {
            throw HubFaults.NotGguf(file.Path);
        }

        if (Part().IsMatch(file.Path))
        {
            throw HubFaults.Split(file.Path);
        }

        if (!Hash().IsMatch(file.Sha256))
        {
            throw HubFaults.NoHash(file.Path);
        }
    }

    private static async Task<bool> IsSameAsync(HubFile file, string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var disposal = stream.ConfigureAwait(false);
        return stream.Length == file.Size
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)) == file.Sha256;
    }

    private static ModelException NotOne(string what, IReadOnlyList<HubFile> choices)
    {
        var names = string.Join(", ", choices.Take(MostChoicesShown).Select(x => x.Path));
        var more = choices.Count > MostChoicesShown ? $" and {choices.Count - MostChoicesShown} more" : "";
        return new ModelException(ModelFault.BadFile, choices.Count == 0 ? $"{what}, and it has no GGUF file at all." : $"{what}: choose one of {names}{more}.");
    }

    private static bool IsGguf(string path) => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("-[0-9]{5}-of-[0-9]{5}\\.gguf$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();
}
