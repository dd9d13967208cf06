namespace Tessera.Inference.Gguf;

/// <summary>Tables that are data: a line a row, words by blanks, <c>#</c> begins a comment.</summary>
internal static class EmbeddedTable
{
    public static IReadOnlyList<string[]> Read(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream($"Tessera.Inference.Gguf.{name}")
            ?? throw new InvalidOperationException($"The table {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => line[0] != '#').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];
    }
}
