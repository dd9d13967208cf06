using Tessera.Host.Errors;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// How many questions are under way at once, on this host: above it whoever asks is told to come again, instead of all waiting ever longer. One tenant has
/// at most half of the places, so that there is one for the next. Safe for concurrent use.
/// </summary>
internal sealed class QuestionPlaces(TesseraOptions options)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, int> taken = [];
    private int all;

    /// <summary>Takes a place, until <see cref="Leave"/>.</summary>
    /// <exception cref="ProblemException">Too many are under way; says whose limit it is, and when to ask again.</exception>
    public void Enter(TenantId tenant)
    {
        lock (gate)
        {
            var own = taken.GetValueOrDefault(tenant);
            if (own >= options.QuestionsOfOne)
            {
                throw Full($"Your organisation has {own} questions under way, as many as it may (half of TESSERA_QUESTIONS).");
            }

            if (all >= options.Questions)
            {
                throw Full($"{all} questions are under way, as many as this server takes at once (TESSERA_QUESTIONS).");
            }

            (taken[tenant], all) = (own + 1, all + 1);
        }
    }

    public void Leave(TenantId tenant)
    {
        lock (gate)
        {
            all--;
            if (--taken[tenant] == 0)
            {
                taken.Remove(tenant);
            }
        }
    }

    private static ProblemException Full(string why) => new(ErrorCode.TooManyRequests, $"{why} Ask again in a moment.") { RetryAfter = Soon };
}
