namespace Tessera.Host.Plugins.Packages;

/// <summary>
/// The publishers that this host trusts. <c>publishers/tessera.pem</c> beside the host is the public half of the key that signed the
/// bundled packages; an operator pins more by naming PEM files or folders of them.
/// </summary>
internal sealed class PublisherKeys(IEnumerable<Publisher> publishers)
{
    public const string Variable = "TESSERA_PUBLISHERS";

    public IReadOnlyList<Publisher> All { get; } = [.. publishers.DistinctBy(publisher => publisher.KeyId)];

    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "publishers");

    public Publisher? Find(string? keyId) => All.FirstOrDefault(publisher => publisher.KeyId == keyId);

    /// <summary>The built-in publisher and those in <paramref name="places"/>: files, or folders whose <c>*.pem</c> are taken.</summary>
    /// <exception cref="FileNotFoundException">A place that was named is not there: the operator must know.</exception>
    public static PublisherKeys Load(IEnumerable<string> places)
    {
        var files = Directory.Exists(BuiltInFolder) ? Pems(BuiltInFolder) : [];
        foreach (var place in places)
        {
            files = files.Concat(
                Directory.Exists(place) ? Pems(place)
                : File.Exists(place) ? [place]
                : throw new FileNotFoundException($"The publisher key '{place}' is not there.", place));
        }

        return new PublisherKeys(files.Select(file => Publisher.FromPem(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))));
    }

    private static IEnumerable<string> Pems(string folder) => Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal);
}
