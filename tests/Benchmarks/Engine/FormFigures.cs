using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Constraints.Quotes;
using Tessera.Inference.Llama.Bench;
using Tessera.Inference.Llama.Chat;
using Tessera.Inference.Llama.Native;
using Tessera.Sdk;

namespace Tessera.Benchmarks.Engine;

/// <summary>What it costs, a token, to hold a reply to its sources or to a schema.</summary>
internal static class FormFigures
{
    private const int Rounds = 25;
    private const int PassageWords = 500;

    public static async Task AddAsync(FigureTable table)
    {
        var passages = Enumerable.Range(0, 4).Select(i => BenchText.Make(2 * PassageWords, 1000 + i)).ToList();
        Console.WriteLine(FormattableString.Invariant($"the lock itself: {LockMicroseconds(passages):0} µs a token in a vocabulary of 49,152"));
        // The whole reply is one quote, from its first token on.
        await AddAsync(table, "inside a quote, 135M, % a token", EngineFiles.M135, 400, 2, options =>
        {
            options.AdditionalProperties![QuoteLock.Key] = Locked(passages);
            options.AdditionalProperties[ReplyForm.Opened] = true;
        });
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"summary":{"type":"string"},"parties":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"role":{"type":"string"}},"required":["name","role"]},"minItems":20},"days":{"type":"integer"}},"required":["parties","summary","days"]}""");
        var root = schema.RootElement;
        await AddAsync(table, "JSON schema, 1B, % a token", EngineFiles.B1, 48, 10, options => options.ResponseFormat = ChatResponseFormat.ForJsonSchema(root));
    }

    private static async Task AddAsync(FigureTable table, string what, string model, int count, double bar, Action<ChatOptions> change)
    {
        using var desk = new EngineDesk(new LlamaOptions());
        using var lease = await desk.RentAsync(model, EngineDesk.NewOwner());
        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            // What a reply costs more that is longer: setting up and the prompt are in both and fall out.
            // Neighbours in time are compared, for the machine's speed drifts.
            // Drawn by chance in both: the likeliest tokens of these weights repeat one word, which attention computes faster than any text.
            var with = round % 2 == 0 ? await TokenAsync(desk, lease.Client, count, Held) : 0;
            var without = await TokenAsync(desk, lease.Client, count, Free);
            with = with > 0 ? with : await TokenAsync(desk, lease.Client, count, Held);
            if (round > 0)
            {
                ratios.Add(with / without);
            }
        }

        void Held(ChatOptions options)
        {
            Free(options);
            change(options);
        }

        static void Free(ChatOptions options) => (options.Temperature, options.Seed) = (1, 1);

        table.AtMost(what, (EngineDesk.Median(ratios) - 1) * 100, bar);
    }

    // It begins with a passage's first words and ends with its last ones.
    private static QuoteLock Locked(IReadOnlyList<string> passages) => new(passages) { LongestQuote = int.MaxValue, MinimumWords = PassageWords - 5 };

    // What the engine's thread does more for a token of a quote, without the engine: the likeliest is refused, those that may come are collected.
    private static double LockMicroseconds(IReadOnlyList<string> passages)
    {
        using var model = ModelHandle.Load(EngineFiles.M135, LoadMode.Read);
        var vocabulary = new VocabularyHandle(model);
        var options = Locked(passages);
        var constraint = new QuoteConstraint(new TokenTrie(TokenBytes.Read(vocabulary.Count, token => vocabulary.Piece(token), vocabulary.IsEnd)), new QuoteSources(passages, options.MinimumWords), options);
        constraint.Open();
        var random = new Random(1);
        var started = 0L;
        for (var i = 0; i < 220; i++)
        {
            started = i == 20 ? Stopwatch.GetTimestamp() : started;
            constraint.Allows(random.Next(vocabulary.Count));
            constraint.TryGetAllowed(out var tokens);
            constraint.Accept(tokens[random.Next(tokens.Length)]);
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / 200;
    }

    private static async Task<double> TokenAsync(EngineDesk desk, IChatClient client, int count, Action<ChatOptions> change)
    {
        var few = await EngineDesk.AskAsync(client, desk.NewText(32), count / 4, change);
        var many = await EngineDesk.AskAsync(client, desk.NewText(32), count, change);
        return (many.All - few.All) / (many.Written - few.Written);
    }
}
