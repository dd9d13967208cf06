using Tessera.Host.Errors;
using Tessera.Host.Startup;
using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>
/// How many questions are under way at once, on this host: above it whoever asks is told when to come again, instead of all waiting ever longer. One tenant
/// has at most half of the places, so that there is one for the next. Safe for concurrent use.
/// </summary>
internal sealed class QuestionPlaces(TesseraOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, PlaceQueue> tenants = [];
    private readonly PlaceQueue all = new(options.Questions, time);

    /// <summary>How many questions are under way.</summary>
    public int Taken
    {
        get
        {
            lock (gate)
            {
                return all.Taken;
            }
        }
    }

    /// <summary>Takes a place, until <see cref="Leave"/>.</summary>
    /// <exception cref="ProblemException">Too many are under way; says whose limit it is, and when to ask again.</exception>
    public async Task EnterAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (Enter(tenant) is var (why, wait))
        {
            // A header has whole seconds: those who were told the same one would come at once. So they are told at different times.
            var seconds = TimeSpan.FromSeconds(Math.Floor(wait.TotalSeconds));
            await Task.Delay(wait - seconds, time, cancellationToken);
            throw new ProblemException(ErrorCode.TooManyRequests, $"{why} Ask again when Retry-After says.") { RetryAfter = seconds };
        }
    }

    public void Leave(TenantId tenant)
    {
        lock (gate)
        {
            all.Leave();
            var own = tenants[tenant];
            own.Leave();
            if (own.Taken == 0)
            {
                tenants.Remove(tenant);
            }
        }
    }

    // Null: it is taken.
    private (string Why, TimeSpan Wait)? Enter(TenantId tenant)
    {
        lock (gate)
        {
            var own = tenants.GetValueOrDefault(tenant) ?? new PlaceQueue(options.QuestionsOfOne, time);
            if (own.IsFull)
            {
                return ($"Your organisation has {own.Taken} questions under way, as many as it may (half of TESSERA_QUESTIONS).", own.Promise());
            }

            if (all.IsFull)
            {
                return ($"{all.Taken} questions are under way, as many as this server takes at once (TESSERA_QUESTIONS).", all.Promise());
            }

            own.Enter();
            all.Enter();
            tenants[tenant] = own;
            return null;
        }
    }
}
