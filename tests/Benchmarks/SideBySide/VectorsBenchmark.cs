using System.Diagnostics;
using System.Numerics.Tensors;
using Tessera.Inference.Static;
using Tessera.Modules.Legal;
using Tessera.Rag;
using Tessera.Rag.Retrieval.Indexing;
using Tessera.Rag.Retrieval.Vectors;

namespace Tessera.Benchmarks.SideBySide;

/// <summary>The same vectors and questions for each way to scan them all. The first one's time is what the others are held against.</summary>
internal static class VectorsBenchmark
{
    private const int Vectors = 100_000;
    private const int PieceLength = 200;
    private const int Questions = 200;
    private const int Top = 10;
    private const string PostgresFolder = "/usr/share/postgresql";

    /// <summary>Prints a table; there is no bar.</summary>
    public static async Task<bool> RunAsync()
    {
        var embedder = (StaticEmbedder)DomainModels.Read(AppContext.BaseDirectory, new LegalModule().Profile, StaticEmbedder.Load).Embedder!.Generator;

        // Short ones, so that there are enough that differ: of repeated ones, the first ten would be one passage.
        // Zero is at no angle to anything: pieces in which nothing is known are left out.
        var vectors = SearchTexts.LawPieces(int.MaxValue, PieceLength).Select(VectorOf).Where(x => x.AsSpan().ContainsAnyExcept(0f)).Take(Vectors).ToList();
        var questions = (await SearchTexts.QuestionsAsync(Questions)).ConvertAll(VectorOf);
        var exact = questions.ConvertAll(x => Exact(x, vectors));

        Console.WriteLine($"{vectors.Count} vectors of {PieceLength} characters of law each, {embedder.Dimensions} numbers each, {Questions} questions; load {await File.ReadAllTextAsync("/proc/loadavg")}");
        Console.WriteLine($"| scan | p50 ms | p99 ms | build s | MB | recall@{Top} | p50 × |\n|---|---|---|---|---|---|---|");
        var started = Stopwatch.GetTimestamp();
        var scan = new Int8Scan(embedder.Dimensions);
        vectors.ForEach(x => scan.Add(x));
        var own = Print("Tessera, int8 in memory", x => Scan(scan, x), Stopwatch.GetElapsedTime(started).TotalSeconds, scan.Size, null);
        started = Stopwatch.GetTimestamp();
        var filtered = new Int8Scan(embedder.Dimensions, many: 0);
        vectors.ForEach(x => filtered.Add(x));
        Print("the same, chosen by signs", x => Scan(filtered, x), Stopwatch.GetElapsedTime(started).TotalSeconds, filtered.Size, own);
        Print("exact f32 in this process", x => Best(Exact(x, vectors)), 0, (long)vectors.Count * embedder.Dimensions * sizeof(float), own);

        var folder = Directory.CreateTempSubdirectory("tessera-bench-").FullName;
        try
        {
            if (await SqliteVecFile.FetchAsync(folder) is { } library)
            {
                PrintTable("sqlite-vec, f32", library, $"float[{embedder.Dimensions}] distance_metric=cosine", "$vector");
                PrintTable("sqlite-vec, int8", library, $"int8[{embedder.Dimensions}] distance_metric=cosine", "vec_quantize_int8($vector, 'unit')");
            }
            else
            {
                Console.WriteLine("| sqlite-vec | not to be had here |");
            }

            Console.WriteLine($"| pgvector, HNSW | {(HasPgvector() ? "there, but not measured" : "not to be had here")} |");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return true;

        float[] VectorOf(string text)
        {
            var vector = new float[embedder.Dimensions];
            embedder.Embed(text, vector);
            return vector;
        }

        void PrintTable(string name, string library, string column, string value)
        {
            var file = Path.Combine(folder, $"{name}.db");
            using var table = new SqliteVecTable(file, library, column, value);
            var begun = Stopwatch.GetTimestamp();
            table.Add(vectors);
            Print(name, x => table.Search(x, Top), Stopwatch.GetElapsedTime(begun).TotalSeconds, new FileInfo(file).Length, own);
        }

        double Print(string name, Func<float[], IReadOnlyList<int>> search, double build, long bytes, double? against)
        {
            // Once without counting, so that the code is compiled and what is read is in memory.
            questions.ForEach(x => search(x));
            var (times, recall) = (new List<double>(), 0d);
            foreach (var (i, question) in questions.Index())
            {
                var asked = Stopwatch.GetTimestamp();
                var found = search(question);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                recall += ExactTop.Recall(exact[i], Top, found);
            }

            times.Sort();
            var p50 = times[times.Count / 2];
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {p50:0.00} | {times[(int)(.99 * times.Count)]:0.00} | {build:0.0} | {bytes / 1e6:0} | {recall / questions.Count:0.0000} | {p50 / (against ?? p50):0.00} |"));
            return p50;
        }
    }

    private static bool HasPgvector() => Directory.Exists(PostgresFolder)
        && Directory.EnumerateFiles(PostgresFolder, "vector.control", SearchOption.AllDirectories).Any();

    private static IReadOnlyList<int> Scan(Int8Scan scan, float[] question)
    {
        var likeness = new float[scan.Count];
        scan.Score(question, likeness);
        return Best(likeness);
    }

    private static float[] Exact(float[] question, List<float[]> vectors) => [.. vectors.Select(x => TensorPrimitives.Dot<float>(question, x))];

    private static IReadOnlyList<int> Best(float[] likeness)
    {
        var best = new BestSlots(Top, (x, y) => x.CompareTo(y));
        for (var slot = 0; slot < likeness.Length; slot++)
        {
            best.Offer(slot, likeness[slot]);
        }

        return [.. best.Take().Select(x => x.Slot)];
    }
}
