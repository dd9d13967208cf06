using System.Text.Json;
using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Llama.Chat;
using Tessera.Sdk;

namespace Tessera.Benchmarks.Engine;

/// <summary>What it costs, a token, to hold a reply to its sources or to a schema.</summary>
internal static class FormFigures
{
    private const int Rounds = 11;

    public static async Task AddAsync(FigureTable table)
    {
        var passages = Enumerable.Range(0, 8).Select(i => Inference.Llama.Bench.BenchText.Make(500, 1000 + i)).ToList();
        // The whole reply is one quote, from its first token on.
        await AddAsync(table, "inside a quote, 135M, % a token", EngineFiles.M135, 120, 2, options =>
        {
            options.AdditionalProperties![QuoteLock.Key] = new QuoteLock(passages) { LongestQuote = int.MaxValue, MinimumWords = int.MaxValue };
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
        var (free, held) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            // What a reply costs more that is longer: setting up and the prompt are in both and fall out.
            var with = round % 2 == 0 ? await TokenAsync(desk, lease.Client, count, change) : 0;
            var without = await TokenAsync(desk, lease.Client, count, null);
            with = with > 0 ? with : await TokenAsync(desk, lease.Client, count, change);
            if (round > 0)
            {
                free.Add(without);
                held.Add(with);
            }
        }

        table.AtMost(what, ((EngineDesk.Median(held) / EngineDesk.Median(free)) - 1) * 100, bar);
    }

    private static async Task<double> TokenAsync(EngineDesk desk, IChatClient client, int count, Action<ChatOptions>? change)
    {
        var few = await EngineDesk.AskAsync(client, desk.NewText(32), count / 4, change);
        var many = await EngineDesk.AskAsync(client, desk.NewText(32), count, change);
        return (many.All - few.All) / (many.Written - few.Written);
    }
}
