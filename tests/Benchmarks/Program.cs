using Tessera.Benchmarks;
using Tessera.Benchmarks.SideBySide;

// Each prints its figures and tells whether they reach its bar. Run the Release build.
var benchmarks = new Dictionary<string, Func<Task<bool>>>
{
    ["ingest"] = IngestBenchmark.RunAsync,
    ["files"] = FilesBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["search"] = () => SearchBenchmark.RunAsync(100_000, bar: 12),
    ["search-million"] = () => SearchBenchmark.RunAsync(1_000_000, bar: 80),
    ["growth"] = () => GrowthBenchmark.RunAsync([10_000, 100_000]),
    ["hosts"] = HostsBenchmark.RunAsync,
    ["small-tenant"] = SmallTenantBenchmark.RunAsync,
    ["side-by-side"] = SideBySideBenchmark.RunAsync,
    ["side-by-side-vectors"] = VectorsBenchmark.RunAsync,
    ["models"] = ModelsBenchmark.RunAsync,
    ["engine"] = EngineBenchmark.RunAsync,
    ["forms"] = EngineBenchmark.FormsAsync,
    ["streams"] = StreamBenchmark.RunAsync,
    ["leaving"] = LeavingBenchmark.RunAsync,
    ["gguf"] = GgufBenchmark.RunAsync,
    ["quotes"] = QuoteBenchmark.RunAsync,
};

// Sizes of its own: a million chunks take long.
if (args is ["growth", _, ..] && args.Skip(1).All(x => int.TryParse(x, out _)))
{
    return await GrowthBenchmark.RunAsync([.. args.Skip(1).Select(x => int.Parse(x, System.Globalization.CultureInfo.InvariantCulture))]) ? 0 : 1;
}

var asked = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (asked.Except(benchmarks.Keys).Any())
{
    Console.Error.WriteLine($"Say what to measure: {string.Join(", ", benchmarks.Keys)}; nothing: all of them");
    return 2;
}

var missed = 0;
foreach (var name in asked)
{
    Console.WriteLine($"# {name}");
    missed += await benchmarks[name]() ? 0 : 1;
}

return missed == 0 ? 0 : 1;
