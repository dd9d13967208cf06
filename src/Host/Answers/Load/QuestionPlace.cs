using System.Runtime.CompilerServices;
using Tessera.Host.Startup;
using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>The place and the turns of the question that this scope was opened for; both are free again when the scope ends.</summary>
internal sealed class QuestionPlace(QuestionPlaces places, QuestionTurns turns, QuietThreads quiet, CurrentTenant tenant) : IDisposable
{
    private TenantId? held;
    private QuestionTurns.Turn? begun;
    private bool goesOn;

    /// <summary>A place and the first turn, for whom the question seems to be.</summary>
    /// <exception cref="Errors.ProblemException">Too many are under way.</exception>
    public async Task BeginAsync(TenantId caller, CancellationToken cancellationToken)
    {
        await places.EnterAsync(caller, cancellationToken);
        held = caller;
        begun = await turns.TakeAsync(caller, goesOn: false, cancellationToken);
    }

    /// <summary>Does nothing where the scope has it already.</summary>
    /// <exception cref="Errors.ProblemException">Too many are under way.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (held is null)
        {
            await places.EnterAsync(tenant.Id, cancellationToken);
            held = tenant.Id;
        }
    }

    /// <summary>Works on the question when it is the tenant's turn; quietly while the tenant has more of them waiting. Not within such work.</summary>
    public async Task<T> WorkAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var turn = begun ?? await turns.TakeAsync(tenant.Id, goesOn, cancellationToken);
        (begun, goesOn) = (null, true);
        return turn.IsOfMany ? await quiet.RunAsync(work, cancellationToken) : await work();
    }

    /// <summary>Each step is made in a turn and handed out without one: whoever reads slowly keeps nobody waiting.</summary>
    /// <param name="onlyFirst">The later steps are no work of this process: a model writes them.</param>
    public async IAsyncEnumerable<T> WorkAsync<T>(IAsyncEnumerable<T> steps, bool onlyFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var next = steps.GetAsyncEnumerator(cancellationToken);
        for (var isFirst = true; await MoveAsync(isFirst); isFirst = false)
        {
            yield return next.Current;
        }

        Task<bool> MoveAsync(bool isFirst) =>
            isFirst || !onlyFirst ? WorkAsync(() => next.MoveNextAsync().AsTask(), cancellationToken) : next.MoveNextAsync().AsTask();
    }

    /// <summary>What comes now is no work of this process.</summary>
    public void Rest()
    {
        begun?.Dispose();
        begun = null;
    }

    public void Dispose()
    {
        Rest();
        if (held is { } own)
        {
            held = null;
            places.Leave(own);
        }
    }
}
