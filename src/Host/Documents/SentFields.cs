namespace Tessera.Host.Documents;

/// <summary>What an uploader says of a file, as it was sent: <see cref="DocumentFields.Read"/> checks it.</summary>
internal sealed record SentFields
{
    /// <summary>Forward slashes; null or empty: the root.</summary>
    public string? Folder { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public string? Date { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }
}
