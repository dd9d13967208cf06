using Tessera.Rag.Evaluation;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>A search engine in this process. Used by one thread at a time.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>Takes the passages in, on disk; neighbours of the same document stand together.</summary>
    Task BuildAsync(IReadOnlyList<BeirPassage> passages);

    /// <summary>The places of the best passages among those built, the best first, their texts read from where the engine keeps them.</summary>
    Task<IReadOnlyList<int>> SearchAsync(string question, int top);
}
