using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tessera.Integration.Faults;

/// <summary>Commits of the contexts: before, when nothing was kept, and after, when all was and nobody was told.</summary>
internal sealed class FaultingCommits(FaultPlan plan) : DbTransactionInterceptor
{
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        plan.PassRows("before a commit");
        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        plan.PassRows(FaultPlan.AfterCommit);
        return Task.CompletedTask;
    }
}
