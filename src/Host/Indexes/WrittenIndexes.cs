namespace Tessera.Host.Indexes;

/// <summary>Where a revision was written, and how.</summary>
/// <param name="Id">Of the row that named them.</param>
internal sealed record WrittenIndexes(Guid Id)
{
    private readonly Dictionary<string, OpenIndex> indexes = new(StringComparer.Ordinal);

    public void Add(OpenIndex index) => indexes[index.Key] = index;

    /// <summary>The index of that key, as it was when the revision was written; null where it was not written there.</summary>
    public OpenIndex? Find(string key) => indexes.GetValueOrDefault(key);
}
