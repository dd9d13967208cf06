using Tessera.Host.Tenants;
using Tessera.Sdk;

namespace Tessera.Host.Answers.Load;

/// <summary>The place of the question that this scope was opened for; it is free again when the scope ends.</summary>
internal sealed class QuestionPlace(QuestionPlaces places, SearchTurns turns, CurrentTenant tenant) : IDisposable
{
    private TenantId? held;

    /// <summary>Does nothing where the scope has it already.</summary>
    /// <exception cref="Errors.ProblemException">Too many are under way.</exception>
    public void Take()
    {
        if (held is null)
        {
            places.Enter(tenant.Id);
            held = tenant.Id;
        }
    }

    /// <summary>Waits until the tenant may search; disposing ends it.</summary>
    public Task<IDisposable> SearchAsync(CancellationToken cancellationToken) => turns.TakeAsync(tenant.Id, cancellationToken);

    public void Dispose()
    {
        if (held is { } own)
        {
            held = null;
            places.Leave(own);
        }
    }
}
