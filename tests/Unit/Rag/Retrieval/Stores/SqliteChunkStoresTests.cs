using System.Text;
using Tessera.Conformance;
using Tessera.Rag.Retrieval.Stores;

namespace Tessera.Unit.Rag.Retrieval.Stores;

public sealed class SqliteChunkStoresTests : ChunkStoreConformance<SqliteChunkStores>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-store-").FullName;

    protected override SqliteChunkStores Connect() => new(_folder);

    protected override void Clean() => Directory.Delete(_folder, recursive: true);

    protected override bool Holds(string text) => Directory
        .EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
        .Any(x => File.ReadAllBytes(x).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
