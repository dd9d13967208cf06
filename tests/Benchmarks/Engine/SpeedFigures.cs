using Microsoft.Extensions.AI;
using Tessera.Inference;
using Tessera.Inference.Llama.Chat;

namespace Tessera.Benchmarks.Engine;

/// <summary>Reading and writing through the chat client, against a bare loop in C over the same library and file.</summary>
internal static class SpeedFigures
{
    private const int Rounds = 25;

    public static async Task AddAsync(FigureTable table)
    {
        await AddAsync(table, "135M", EngineFiles.M135, prompt: 512, reply: 128);
        await AddAsync(table, "1B", EngineFiles.B1, prompt: 256, reply: 48);
    }

    private static async Task AddAsync(FigureTable table, string name, string model, int prompt, int reply)
    {
        using var desk = new EngineDesk(new LlamaOptions());
        using var lease = await desk.RentAsync(model, EngineDesk.NewOwner());
        using var bare = await BareC.StartAsync(model, Environment.ProcessorCount, 4096);
        var runs = new List<(double Read, double Write, double BareRead, double BareWrite, double Reads, double Writes)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var text = desk.NewText(prompt);
            var tokens = ((LlamaChatClient)lease.Client).PromptTokens([new ChatMessage(ChatRole.User, text)], null);
            // In turns, first the one and then the other: what disturbs one round disturbs both alike.
            var first = round % 2 == 0 ? await bare.RunAsync(tokens, reply) : default;
            var mine = await EngineDesk.AskAsync(lease.Client, text, reply);
            var (read, written) = round % 2 == 0 ? first : await bare.RunAsync(tokens, reply);
            if (round > 0)
            {
                runs.Add((mine.First, mine.All - mine.First, read, written, tokens.Count / mine.First, (reply - 1) / (mine.All - mine.First)));
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{name}: reads {EngineDesk.Median(runs.Select(x => x.Reads)):0} tokens/s, writes {EngineDesk.Median(runs.Select(x => x.Writes)):0} tokens/s"));
        table.AtLeast($"{name}, reading, against C", EngineDesk.Median(runs.Select(x => x.BareRead / x.Read)), .97);
        table.AtLeast($"{name}, writing, against C", EngineDesk.Median(runs.Select(x => x.BareWrite / x.Write)), .97);
    }
}
