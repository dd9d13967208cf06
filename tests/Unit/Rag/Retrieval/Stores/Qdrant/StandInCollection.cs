using System.Numerics.Tensors;
using System.Text.Json;

namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>A collection of the stand-in, with the documented meaning of each operation on points. Not for concurrent use.</summary>
internal sealed class StandInCollection
{
    private const int RankConstant = 2;

    public Dictionary<string, int> Widths { get; private init; } = [];

    public HashSet<string> Sparse { get; private init; } = [];

    public Dictionary<string, JsonElement> Indexes { get; private init; } = [];

    public SortedDictionary<Guid, StandInPoint> Points { get; private init; } = [];

    public StandInCollection Copy() => new() { Widths = new(Widths), Sparse = [.. Sparse], Indexes = new(Indexes), Points = new(Points) };

    public void Upsert(JsonElement body, bool mayInsertOnly)
    {
        var isNew = mayInsertOnly && Text(body, "update_mode") is "insert_only";
        foreach (var point in body.GetProperty("points").EnumerateArray().Select(StandInPoint.Read).ToList())
        {
            foreach (var (name, vector) in point.Dense)
            {
                _ = Widths.TryGetValue(name, out var width) && width == vector.Length ? true : throw new StandInRefusal(400, "Vector dimension error");
            }

            _ = point.Sparse.Keys.All(Sparse.Contains) ? true : throw new StandInRefusal(400, "Not existing vector name");
            Points[point.Id] = isNew && Points.TryGetValue(point.Id, out var known) ? known : point;
        }
    }

    public void Delete(JsonElement body)
    {
        foreach (var point in Where(body).ToList())
        {
            Points.Remove(point.Id);
        }
    }

    public void Set(JsonElement body, bool whole)
    {
        var payload = StandInPoint.ReadPayload(body.GetProperty("payload"));
        foreach (var point in Where(body).ToList())
        {
            Points[point.Id] = point with { Payload = whole ? payload : point.Payload.Where(x => !payload.ContainsKey(x.Key)).Concat(payload).ToDictionary() };
        }
    }

    public object Scroll(JsonElement body)
    {
        var limit = StandInPoint.Option(body, "limit")?.GetInt32() ?? 10;
        if (StandInPoint.Option(body, "order_by") is { } order)
        {
            var key = order.GetProperty("key").GetString()!;
            _ = Indexes.ContainsKey(key) ? true : throw new StandInRefusal(400, "No range index for `order_by` key");
            var sign = Text(order, "direction") == "desc" ? -1 : 1;
            return Page(Where(body).Where(x => x.Payload.ContainsKey(key)).OrderBy(x => sign * x.Payload[key].GetInt64()).Take(limit), null);
        }

        var from = StandInPoint.Option(body, "offset")?.GetGuid() ?? Guid.Empty;
        var found = Where(body).Where(x => x.Id.CompareTo(from) >= 0).Take(limit + 1).ToList();
        return Page(found.Take(limit), found.Count > limit ? found[limit].Id : null);

        object Page(IEnumerable<StandInPoint> points, Guid? next) =>
            new Dictionary<string, object?> { ["points"] = points.Select(x => x.Write(body)).ToList(), ["next_page_offset"] = next };
    }

    public object Count(JsonElement body) => new { count = Where(body).Count() };

    public object Query(JsonElement body)
    {
        var limit = StandInPoint.Option(body, "limit")?.GetInt32() ?? 10;
        var found = StandInPoint.Option(body, "prefetch") is { } parts ? Fuse(body, parts) : Search(body);
        return new
        {
            points = found.Take(limit).Select(x =>
            {
                var json = x.Point.Write(body);
                (json["score"], json["version"]) = (x.Score, 0);
                return json;
            }).ToList(),
        };
    }

    private IEnumerable<(StandInPoint Point, float Score)> Fuse(JsonElement body, JsonElement parts)
    {
        _ = Text(body.GetProperty("query"), "fusion") is "rrf" ? true : throw new StandInRefusal(422, "unknown fusion");
        return parts.EnumerateArray()
            .SelectMany(part => Search(part).Take(StandInPoint.Option(part, "limit")?.GetInt32() ?? 10).Index())
            .GroupBy(x => x.Item.Point.Id)
            .Select(x => (x.First().Item.Point, x.Sum(y => 1f / (RankConstant + y.Index))))
            .OrderByDescending(x => x.Item2);
    }

    private IEnumerable<(StandInPoint Point, float Score)> Search(JsonElement body)
    {
        var (name, query) = (Text(body, "using") ?? "", body.GetProperty("query"));
        if (query.ValueKind == JsonValueKind.Array)
        {
            var vector = query.Deserialize<float[]>()!;
            _ = Widths.TryGetValue(name, out var width) && width == vector.Length ? true : throw new StandInRefusal(400, "Not existing vector name or dimension error");
            return Where(body).Where(x => x.Dense.ContainsKey(name)).Select(x => (x, TensorPrimitives.Dot<float>(vector, x.Dense[name]))).OrderByDescending(x => x.Item2);
        }

        _ = Sparse.Contains(name) ? true : throw new StandInRefusal(400, "Not existing vector name");
        var corpus = StandInPoint.Option(body, "params") is { } asked && StandInPoint.Option(asked, "idf") is { ValueKind: JsonValueKind.Object } idf ? idf.GetProperty("corpus") : (JsonElement?)null;
        var all = Points.Values.Where(x => x.Fits(corpus) && x.Sparse.ContainsKey(name)).ToList();
        var weights = StandInPoint.ReadSparse(query).ToDictionary(x => x.Key, x => x.Value * Idf(all.Count, all.Count(p => p.Sparse[name].ContainsKey(x.Key))));
        return Where(body).Where(x => x.Sparse.TryGetValue(name, out var own) && own.Keys.Any(weights.ContainsKey))
            .Select(x => (x, weights.Sum(w => w.Value * x.Sparse[name].GetValueOrDefault(w.Key)))).OrderByDescending(x => x.Item2);
    }

    private static float Idf(int count, int having) => MathF.Log(1 + ((count - having + .5f) / (having + .5f)));

    private IEnumerable<StandInPoint> Where(JsonElement body)
    {
        var filter = StandInPoint.Option(body, "filter");
        return Points.Values.Where(x => x.Fits(filter));
    }

    private static string? Text(JsonElement of, string name) => StandInPoint.Option(of, name)?.GetString();
}
