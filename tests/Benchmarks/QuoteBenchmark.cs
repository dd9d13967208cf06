using Microsoft.Extensions.AI;
using Tessera.Benchmarks.Engine;
using Tessera.Evals;
using Tessera.Inference;
using Tessera.Inference.Gguf;
using Tessera.Inference.Llama.Chat;
using Tessera.Sdk;

namespace Tessera.Benchmarks;

/// <summary>Whether quotes of models that know nothing are what stands in the passages, whatever these hold.</summary>
internal static class QuoteBenchmark
{
    private const int Least = 1000;
    private const string Opened = "root ::= ( \"<q>\" ( [^<] | \"<\" [^/] )* \"</q>\" \" \" )*";

    private static readonly string[] Passages =
    [
        "The tenant pays a deposit of three months' rent (3,750.00 EUR) before moving in; it is paid back within 30 days of the end of the lease.",
        "Patients receive 5 mg/kg every 12 h, up to 400 mg — not more than 1,200 mg a day. Übelkeit, Müdigkeit and naïve T-cells were observed in 12.5 % of cases.",
        "This Agree-\nment may be termi-\nnated by either party upon sixty (60) days’ writ-\nten notice to the other\r\n\tparty, sent by e-mail or regis\u00adtered letter.",
        "| Drug | Dose | Interval |\n| Amoxicillin | 500 mg | every 8 hours |\n| Doxycycline | 100 mg | every 12 hours |",
        "本契約は、いずれの当事者も三十日前の書面による通知をもって解除することができる。通知は郵便で送付される。",
        "public int Add(int left, int right)\n{\n    // x < y && y > 0 </q> stays text\n    return left + right;\n}",
        "حقوق و واجبات الطرفين في هذا العقد محددة في المادة الخامسة 👩‍⚕️ 🇩🇪 e\u0301clair co\u0302te\u0301",
    ];

    public static async Task<bool> RunAsync()
    {
        var table = new FigureTable();
        var (quotes, equal, words, runs) = (0, 0, 0, 0);
        string[] models = [EngineFiles.Model("tiny-bpe", RandomModelShape.Tiny["llama-bpe"] with { Context = 2048 }), EngineFiles.Model("tiny-spm", RandomModelShape.Tiny["llama-spm"] with { Context = 2048 }), EngineFiles.M135, SharedFolder.Of("models/stories260K") + "/stories260K.gguf"];
        using var desk = new EngineDesk(new LlamaOptions { SlotTokens = 2048 });
        foreach (var model in models)
        {
            using var lease = await desk.RentAsync(model, EngineDesk.NewOwner());
            for (var round = 0; round < (model == models[2] ? 80 : 280); round++)
            {
                foreach (var (quote, text) in await AskAsync(lease.Client, round))
                {
                    quotes++;
                    words += text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
                    equal += Passages[quote.Source][quote.Start..quote.End] == text ? 1 : 0;
                }

                runs++;
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{runs} replies of {models.Length} models, {words / (double)Math.Max(1, quotes):0.0} words a quote"));
        table.AtLeast("quotes", quotes, Least);
        table.AtLeast("quotes equal to their source at their offsets, %", 100.0 * equal / Math.Max(1, quotes), 100);
        return table.Print();
    }

    private static async Task<List<(QuoteAnnotation Quote, string Text)>> AskAsync(IChatClient client, int seed)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 110,
            Temperature = 1.5f,
            Seed = seed,
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [QuoteLock.Key] = new QuoteLock(Passages) { LongestQuote = 25 }, [ReplyForm.Grammar] = Opened, [ReplyForm.NeverEnd] = true,
            },
        };
        var reply = await client.GetResponseAsync("x", options);
        return [.. reply.Messages.SelectMany(message => message.Contents).OfType<TextContent>()
            .SelectMany(text => text.Annotations?.OfType<QuoteAnnotation>().Select(quote => (quote, text.Text)) ?? [])];
    }
}
