namespace Tessera.Host.Startup;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="NextCursor">Asks for what follows; null: this was the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Makes a page of <c>limit + 1</c> rows: the one too many says that more follows.</summary>
    public static Page<T> Of(List<T> rows, PageQuery query, Func<T, string> key) => rows.Count > query.Size
        ? new Page<T>(rows[..query.Size], PageQuery.Encode(key(rows[query.Size - 1])))
        : new Page<T>(rows, null);
}
