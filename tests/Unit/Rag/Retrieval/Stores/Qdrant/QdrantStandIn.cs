using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tessera.Unit.Rag.Retrieval.Stores.Qdrant;

/// <summary>Keeps collections as Qdrant's documentation says, in memory, without the network. It may be shared by many clients.</summary>
internal sealed class QdrantStandIn
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StandInCollection> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Collection, StandInCollection Copy)> _snapshots = [];
    private int _taken;

    /// <summary>A key that requests must bring; null: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether it overwrites what it is told to insert only, as servers do that know no such thing.</summary>
    public bool IsOld { get; init; }

    /// <summary>A failure in place of an answer; null: none.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Fault { get; set; }

    /// <summary>A client's way to it.</summary>
    public HttpMessageHandler Connect() => new Handler(this);

    /// <summary>Whether any point carries a text.</summary>
    public bool Holds(string text)
    {
        lock (_lock)
        {
            return _collections.Values.SelectMany(x => x.Points.Values).Any(x => JsonSerializer.Serialize(x.Payload).Contains(text, StringComparison.Ordinal));
        }
    }

    private static object Info(StandInCollection of) => new
    {
        status = "green", optimizer_status = "ok", segments_count = 1, points_count = of.Points.Count,
        payload_schema = of.Indexes.ToDictionary(x => x.Key, x => new { data_type = x.Value.ValueKind == JsonValueKind.String ? x.Value.GetString() : x.Value.GetProperty("type").GetString(), points = 0 }),
        config = new
        {
            @params = new { vectors = of.Widths.ToDictionary(x => x.Key, x => new { size = x.Value, distance = "Dot" }), sparse_vectors = of.Sparse.ToDictionary(x => x, _ => new { modifier = "idf" }) },
            hnsw_config = new { m = 0, ef_construct = 100, full_scan_threshold = 10_000, payload_m = 16 },
            optimizer_config = new { default_segment_number = 0, flush_interval_sec = 5 },
        },
    };

    private object Answer(HttpMethod method, string[] path, byte[] bytes)
    {
        var body = bytes.Length > 0 && bytes[0] == '{' ? JsonSerializer.Deserialize<JsonElement>(bytes) : default;
        if (path is ["collections"])
        {
            return new { collections = _collections.Keys.Select(name => new { name }).ToList() };
        }

        var name = Uri.UnescapeDataString(path[1]);
        if (path.Length == 2 && method == HttpMethod.Put)
        {
            return Make(name, body);
        }

        if (path is [_, _, "snapshots", "upload"])
        {
            // Between the parts' borders lies the name that the copy was downloaded as.
            var key = _snapshots.Keys.FirstOrDefault(x => Encoding.UTF8.GetString(bytes).Contains(x, StringComparison.Ordinal)) ?? throw new StandInRefusal(400, "no snapshot");
            _collections[name] = _snapshots[key].Copy.Copy();
            return true;
        }

        var own = _collections.GetValueOrDefault(name) ?? throw new StandInRefusal(404, "Not found: Collection doesn't exist!");
        return (method.Method, path[2..]) switch
        {
            ("GET", []) => Info(own),
            ("DELETE", []) => _collections.Remove(name),
            ("PUT", ["index"]) => Done(() => own.Indexes[body.GetProperty("field_name").GetString()!] = body.GetProperty("field_schema").Clone()),
            ("PUT", ["vectors", var vector]) => Done(() => _ = own.Widths.TryAdd(vector, body.GetProperty("dense").GetProperty("size").GetInt32()) ? true : throw new StandInRefusal(409, "exists")),
            ("PUT", ["points"]) => Done(() => own.Upsert(body, mayInsertOnly: !IsOld)),
            ("POST", ["points", "delete"]) => Done(() => own.Delete(body)),
            ("POST", ["points", "payload"]) => Done(() => own.Set(body, whole: false)),
            ("PUT", ["points", "payload"]) => Done(() => own.Set(body, whole: true)),
            ("POST", ["points", "scroll"]) => own.Scroll(body),
            ("POST", ["points", "count"]) => own.Count(body),
            ("POST", ["points", "query"]) => own.Query(body),
            ("POST", ["snapshots"]) => Take(name, own),
            ("GET", ["snapshots"]) => _snapshots.Where(x => x.Value.Collection == name).Select(x => new { name = x.Key, size = x.Key.Length }).ToList(),
            ("GET", ["snapshots", var one]) => Encoding.UTF8.GetBytes(_snapshots.ContainsKey(one) ? one : throw new StandInRefusal(404, "Not found")),
            ("DELETE", ["snapshots", var one]) => _snapshots.Remove(one) ? true : throw new StandInRefusal(404, "Not found"),
            _ => throw new StandInRefusal(404, "no such route"),
        };
    }

    private object Make(string name, JsonElement body)
    {
        var made = new StandInCollection();
        foreach (var sparse in body.GetProperty("sparse_vectors").EnumerateObject())
        {
            made.Sparse.Add(sparse.Name);
        }

        return _collections.TryAdd(name, made) ? true : throw new StandInRefusal(409, "Wrong input: Collection already exists!");
    }

    private object Take(string name, StandInCollection of)
    {
        var snapshot = $"{name}-{++_taken}.snapshot";
        _snapshots[snapshot] = (name, of.Copy());
        return new { name = snapshot, size = snapshot.Length };
    }

    private static object Done(Action work)
    {
        work();
        return new { operation_id = 0, status = "completed" };
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        if (ApiKey is not null && (!request.Headers.TryGetValues("api-key", out var keys) || keys.Single() != ApiKey))
        {
            return Refuse(401, "Must provide an API key");
        }

        lock (_lock)
        {
            try
            {
                var result = Answer(request.Method, [.. request.RequestUri!.Segments.Skip(1).Select(x => x.Trim('/'))], body);
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = result is byte[] bytes ? new ByteArrayContent(bytes) : JsonContent.Create(new { result, status = "ok", time = 0.001 }),
                };
            }
            catch (StandInRefusal refusal)
            {
                return Refuse(refusal.Status, refusal.Message);
            }
        }
    }

    private static HttpResponseMessage Refuse(int status, string error) =>
        new((HttpStatusCode)status) { Content = JsonContent.Create(new { status = new { error }, time = 0.001 }) };

    private sealed class Handler(QdrantStandIn server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return server.Fault?.Invoke(request) ?? server.Answer(request, body);
        }
    }
}
