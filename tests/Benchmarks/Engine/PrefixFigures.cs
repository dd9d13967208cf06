using Tessera.Inference;

namespace Tessera.Benchmarks.Engine;

/// <summary>The time to the first token when a prompt's beginning was read before: by the same person, by somebody else.</summary>
internal static class PrefixFigures
{
    private const int Rounds = 15;
    private const int Prompt = 768;

    public static async Task AddAsync(FigureTable table)
    {
        using var desk = new EngineDesk(new LlamaOptions());
        var (cold, own, user, tenant) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var home = EngineDesk.NewOwner();
        for (var round = 0; round <= Rounds; round++)
        {
            var text = desk.NewText(Prompt);
            var first = await FirstAsync(desk, home, text);
            var follow = await FirstAsync(desk, home, text + " " + desk.NewText(16));
            var neighbour = await FirstAsync(desk, EngineDesk.NewOwner(home.Tenant), text);
            var stranger = await FirstAsync(desk, EngineDesk.NewOwner(), text);
            if (round > 0)
            {
                cold.Add(first);
                own.Add(follow);
                user.Add(neighbour);
                tenant.Add(stranger);
            }
        }

        var median = EngineDesk.Median(cold);
        table.AtMost("follow-up, first token against cold", EngineDesk.Median(own) / median, .2);
        table.Between("another user's prompt, first token against cold", EngineDesk.Median(user) / median, .9, 1.1);
        table.Between("another tenant's prompt, first token against cold", EngineDesk.Median(tenant) / median, .9, 1.1);
    }

    private static async Task<double> FirstAsync(EngineDesk desk, PromptOwner owner, string text)
    {
        using var lease = await desk.RentAsync(EngineFiles.M135, owner);
        return (await EngineDesk.AskAsync(lease.Client, text, 2)).First;
    }
}
